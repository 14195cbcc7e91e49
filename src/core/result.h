// Errors as values. Plain C++; any thread, any process.
#pragma once

#include "core/reason.h"

#include <string>
#include <utility>
#include <variant>

namespace kith::core {

/// Why something could not be done: a reason that words/ has a sentence for, the number that goes with it
/// (errno, a signal, an exit status; 0 where there is none), and a detail for logs, never shown as a
/// sentence.
struct Error {
    Reason reason = Reason::Internal;
    int number = 0;
    std::string detail;

    bool operator==(const Error&) const = default;
};

/// A value of type T or an Error. `[[nodiscard]]`: who calls must look.
template <typename T>
class [[nodiscard]] Result final {
public:
    Result(T value)
        : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error)
        : state_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    /// Only where ok(): asking for the value of an error is a mistake of ours.
    [[nodiscard]] T& value() & { return std::get<0>(state_); }
    [[nodiscard]] const T& value() const& { return std::get<0>(state_); }
    [[nodiscard]] T&& value() && { return std::get<0>(std::move(state_)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    /// Only where not ok().
    [[nodiscard]] const Error& error() const { return std::get<1>(state_); }

private:
    std::variant<T, Error> state_;
};

/// For what has no value but may fail.
struct Done {
    bool operator==(const Done&) const = default;
};
using Status = Result<Done>;

} // namespace kith::core
