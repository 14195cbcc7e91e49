// Who this profile is: the identity key, and the one thread that may use it.
#pragma once

#include "core/result.h"
#include "core/signing.h"

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QString>

#include <functional>
#include <memory>
#include <optional>

namespace kith::model {

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

    /// Runs `work` with the secret key on the identity's thread, in the order of the calls; its result comes
    /// back by the future (see store::whenDone for how to wait without waiting). `work` must not throw and
    /// must not keep the reference. Not called where there is no key: the result is then `otherwise`.
    template <typename T>
    [[nodiscard]] QFuture<T> withKey(std::function<T(const core::SigningKey&)> work, T otherwise);

    /// Writes the key under a passphrase (at least limits::passphraseLeast bytes of UTF-8) into a file of
    /// mode 0600. Errors: PassphraseWeak, FileExists, FileFailed, IdentityUnusable.
    [[nodiscard]] QFuture<core::Status> exportTo(const QString& file, const QString& passphrase,
                                                 bool replace);
    /// Makes this profile that key. What was there is put aside (identity.key.replaced-TIME), never deleted;
    /// the same key again changes nothing. Only while nobody is connected; then load() has been called.
    /// Errors: KeyFileInvalid, PassphraseWrong, FileFailed.
    [[nodiscard]] QFuture<core::Result<core::PublicKey>> importFrom(const QString& file,
                                                                    const QString& passphrase);

Q_SIGNALS:
    void stateChanged();

private:
    struct Private;
    void run(std::function<void()> job);
    [[nodiscard]] const core::SigningKey* loaded() const; ///< on its thread alone

    State state_ = State::Loading;
    std::optional<core::Error> why_;
    core::PublicKey key_{};
    std::unique_ptr<Private> d_;
};

template <typename T>
QFuture<T> Identity::withKey(std::function<T(const core::SigningKey&)> work, T otherwise) {
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    QFuture<T> future = promise->future();
    run([this, promise, work = std::move(work), otherwise = std::move(otherwise)]() mutable {
        const core::SigningKey* const key = loaded();
        promise->addResult(key != nullptr ? work(*key) : std::move(otherwise));
        promise->finish();
    });
    return future;
}

} // namespace kith::model
