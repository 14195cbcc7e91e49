// What the writing thread does beside writes: erasing, and the reserve. That thread alone.
#pragma once

#include "core/result.h"
#include "store/connection.h"
#include "store/reserve.h"

#include <chrono>
#include <functional>
#include <optional>

namespace kith::store {

/// Erases what was hidden, in steps that each are a short transaction, until no byte of it is left in the
/// files; keeps the reserve. Owned by the writing thread. A step that fails is tried again later; a full disk
/// makes the steps small and gives them the reserve.
class Upkeep final {
public:
    /// `erased` is called in the writing thread whenever all that was hidden is gone.
    Upkeep(QString reserveFile, QString directory, std::function<void()> erased);

    /// After opening: goes on with what was left.
    void begin(Connection& connection);
    /// Something was hidden.
    void eraseSoon();
    /// Gives up the reserve for a transaction that makes room. False where there is none.
    bool useReserve();
    /// One step, if there is one to do. When to be called again; nothing: after eraseSoon().
    std::optional<std::chrono::milliseconds> step(Connection& connection);

private:
    enum class Stage : std::uint8_t { Rest, Erase, Merge, Vacuum, Truncate };

    [[nodiscard]] core::Result<bool> runStage(Connection& connection);
    [[nodiscard]] std::optional<std::chrono::milliseconds> afterFailure(Connection& connection,
                                                                        const core::Error& error);
    void keepReserve();

    Reserve reserve_;
    QString directory_;
    std::function<void()> erased_;
    Stage stage_ = Stage::Rest;
    bool again_ = false; ///< something was hidden while erasing went on
    bool mergeBegun_ = false;
    bool mergeOwed_ = false; ///< there was no room to merge: words are left in the index
    bool small_ = false;     ///< the disk is full: the smallest steps
    std::chrono::steady_clock::time_point reserveTried_;
};

} // namespace kith::store
