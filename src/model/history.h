// The profile's history as the program has it: whether it is there, whether it can be written, and why not.
#pragma once

#include "core/result.h"
#include "store/store.h"

#include <QFuture>
#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace kith::model {

/// Owns the store of one profile and knows the state it is in, so that everything else asks here whether what
/// is said is kept. Owned by main(), before and after everything that uses the store; GUI thread; never
/// blocks.
///
///     Closed -> Opening -> Open | ReadOnly | Failed         (open)
///     Open -> ReadOnly                                      (a write found the file damaged or unwritable)
///     ReadOnly | Failed -> Opening                          (tryAgain, beginAnew)
///     Open | ReadOnly | Failed -> Closing -> Closed         (close)
class History final : public QObject {
    Q_OBJECT

public:
    enum class State : quint8 { Closed, Opening, Open, ReadOnly, Failed, Closing };

    /// `vfs`: an SQLite VFS by its name, for tests of faults; empty: SQLite's own.
    explicit History(const QString& profileFolder, QObject* parent = nullptr, const QString& vfs = {});
    ~History() override;

    void open();
    /// Opens what is there once more; from ReadOnly and Failed alone.
    void tryAgain();
    /// Puts what is there aside (renamed, never deleted) and begins a new history; as tryAgain().
    void beginAnew();
    /// Finishes what is queued; then Closed. After limits::storeClose it is Closed in any case: a disk that
    /// does not answer keeps nobody from quitting.
    void close();

    /// Reads all of a backup and leaves everything as it is: ProfileOccupied means that it is whole and may
    /// be restored. Where the profile holds no history at all it is restored at once. In any state.
    [[nodiscard]] store::Pending<store::Restored> checkBackup(const QString& file);
    /// Makes the profile's history of a backup and puts aside what was there; in the state Closed alone.
    [[nodiscard]] store::Pending<store::Restored> restore(const QString& file);

    [[nodiscard]] State state() const { return state_; }
    /// Opening or Open: what is written is, or will be, tried.
    [[nodiscard]] bool takesWrites() const { return state_ == State::Open || state_ == State::Opening; }
    /// What is stored can be read, now or once it is open.
    [[nodiscard]] bool readable() const { return takesWrites() || state_ == State::ReadOnly; }
    /// Why, in the states ReadOnly and Failed.
    [[nodiscard]] const std::optional<core::Error>& why() const { return why_; }
    /// How it was opened; meaningful in Open and ReadOnly.
    [[nodiscard]] const store::Opened& opened() const { return opened_; }
    [[nodiscard]] const QString& folder() const { return folder_; }
    [[nodiscard]] store::Store& store() { return *store_; }

    /// Why no write is tried now; nothing where it is.
    [[nodiscard]] std::optional<core::Error> refusal() const;
    /// One write of the store's where any is tried; otherwise its future has finished with refusal().
    template <typename T>
    [[nodiscard]] store::Pending<T> write(const std::function<store::Pending<T>(store::Store&)>& call) {
        if (auto why = refusal())
            return QtFuture::makeReadyFuture(core::Result<T>(std::move(*why)));
        return call(*store_);
    }

    /// Called with the error of a write that failed: where the file is at fault it is ReadOnly from then on.
    void noteFailure(const core::Error& error);

Q_SIGNALS:
    void stateChanged();
    /// beginAnew() was called: rows of the history that was open before mean nothing in the new one.
    void begunAnew();
    /// A part of the file could not be read.
    void damageFound(const kith::core::Error& error);

private:
    void start(bool anew);
    void restart(bool anew);
    void onClosed();
    void onOpened(const core::Result<store::Opened>& result);
    void setState(State state);

    QString folder_;
    State state_ = State::Closed;
    std::optional<core::Error> why_;
    store::Opened opened_;
    std::unique_ptr<store::Store> store_;
    QTimer untilClosed_;
    bool reopens_ = false;                   ///< it is closing to be opened again
    std::unique_ptr<store::Store> checking_; ///< never opened: it only reads backups
};

} // namespace kith::model
