// Who this profile is: the identity key, and the one thread that may use it.
#pragma once

#include "core/result.h"
#include "core/signing.h"

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QString>
#include <QThread>

#include <functional>
#include <memory>
#include <optional>

namespace kith::model {

class History;

/// Holds the secret key of one profile. It is read, or made where there is none, from `PROFILE/identity.key`
/// (PKCS#8, 0600, written beside and renamed, flushed), on a thread of the identity's own ("kith-keys"), on
/// which every signature is made and checked as well, so that the GUI thread never does. Owned by main(),
/// outlives everything that signs; called from the GUI thread; never blocks. Destroying it finishes what is
/// queued, which takes milliseconds.
///
/// Failure: a file that is there and cannot be used is never replaced: the state is Failed with why()
/// (IdentityUnusable, KeyFileInvalid), and nobody can connect securely until a person has put it right.
class Identity final : public QObject {
    Q_OBJECT

public:
    enum class State : quint8 { Loading, Ready, Failed };

    /// The name of its file in the profile's folder: a backup takes it along.
    static QString fileName();

    explicit Identity(const QString& profileFolder, QObject* parent = nullptr);
    ~Identity() override;

    /// Reads or makes it; again after a failure or an import.
    void load();

    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] const std::optional<core::Error>& why() const { return why_; }
    /// Meaningful in the state Ready alone.
    [[nodiscard]] const core::PublicKey& key() const { return key_; }

    /// Remembers in the history that this profile is this key, whenever that is open for writing. Both live
    /// in the GUI thread; either may go first.
    void noteIn(History& history);

    /// Runs `work` with the secret key on the identity's thread, in the order of the calls; its future
    /// finishes in the GUI thread, from its event loop (see store::whenDone for how to wait without waiting).
    /// `work` must not throw and must not keep the reference. Not called where there is no key, or where
    /// limits::keyQueue wait: the result is then `otherwise`.
    template <typename T>
    [[nodiscard]] QFuture<T> withKey(std::function<T(const core::SigningKey&)> work, T otherwise);

    /// Writes the key under a passphrase (at least limits::passphraseLeast bytes of UTF-8) into a file of
    /// mode 0600. Errors: PassphraseWeak (or over limits::passphraseMost), FileExists, FileFailed, StoreFull,
    /// IdentityUnusable.
    [[nodiscard]] QFuture<core::Status> exportTo(const QString& file, const QString& passphrase,
                                                 bool replace);
    /// Makes this profile that key. What was there is put aside (identity.key.replaced-TIME), never deleted;
    /// the same key again changes nothing. Only while nobody is connected; then load() has been called.
    /// Errors: KeyFileInvalid, PassphraseWrong, FileFailed, StoreFull; after each of them everything is as it
    /// was.
    [[nodiscard]] QFuture<core::Result<core::PublicKey>> importFrom(const QString& file,
                                                                    const QString& passphrase);

Q_SIGNALS:
    void stateChanged();

private:
    struct Shared;
    /// On the identity's thread, with the key, which it may change; null inside where there is none.
    using Work = std::function<void(std::optional<core::SigningKey>& key)>;
    /// `then` is called in the GUI thread when `work` has run. False where neither will be.
    bool run(Work work, std::function<void()> then);
    static void loop(Shared& shared);
    void setState(State state, std::optional<core::Error> why);

    QString file_;
    State state_ = State::Loading;
    std::optional<core::Error> why_;
    core::PublicKey key_{};
    std::shared_ptr<Shared> shared_;
    std::unique_ptr<QThread> thread_;
};

template <typename T>
QFuture<T> Identity::withKey(std::function<T(const core::SigningKey&)> work, T otherwise) {
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    QFuture<T> future = promise->future();
    const bool queued = run(
        [promise, work = std::move(work), otherwise](const std::optional<core::SigningKey>& key) {
            promise->addResult(key ? work(*key) : otherwise);
        },
        [promise] { promise->finish(); });
    if (!queued) {
        promise->addResult(std::move(otherwise));
        promise->finish();
    }
    return future;
}

} // namespace kith::model
