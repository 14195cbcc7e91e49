#include "model/identity.h"

#include "core/limits.h"
#include "model/history.h"
#include "model/key_file.h"

#include <QDateTime>
#include <QDeadlineTimer>

#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace kith::model {

namespace limits = core::limits;
using core::Error;
using core::Reason;

namespace {

/// A passphrase as UTF-8, wiped with its last owner.
std::shared_ptr<std::string> secretOf(const QString& passphrase) {
    return {new std::string(passphrase.toStdString()), [](std::string* text) {
                core::wipe(*text);
                std::default_delete<std::string>()(text);
            }};
}

Error noKey() {
    return {Reason::IdentityUnusable, 0, "no key is loaded"};
}

} // namespace

/// What both threads have; the identity's thread keeps it alive where a disk that hangs has held it up.
struct Identity::Shared {
    struct Job {
        Work work;
        std::function<void()> then;
    };
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<Job> jobs;
    bool finishing = false;
    QObject* receiver = nullptr;         ///< null from the moment on that the identity goes
    std::optional<core::SigningKey> key; ///< the identity's thread's alone; no mutex
};

QString Identity::fileName() {
    return u"identity.key"_s;
}

Identity::Identity(const QString& profileFolder, QObject* parent)
    : QObject(parent)
    , file_(profileFolder + u'/' + fileName())
    , shared_(std::make_shared<Shared>()) {
    shared_->receiver = this;
    thread_.reset(QThread::create([shared = shared_] { loop(*shared); }));
    thread_->setObjectName(u"kith-keys"_s);
    thread_->start();
}

Identity::~Identity() {
    {
        const std::lock_guard lock(shared_->mutex);
        shared_->finishing = true;
        shared_->receiver = nullptr;
    }
    shared_->changed.notify_one();
    const auto limit = std::chrono::duration_cast<std::chrono::milliseconds>(limits::storeClose);
    // A QThread must not be destroyed while it runs.
    if (!thread_->wait(QDeadlineTimer(limit.count())))
        (void)thread_.release();
}

bool Identity::run(Work work, std::function<void()> then) {
    {
        const std::lock_guard lock(shared_->mutex);
        if (shared_->jobs.size() >= limits::keyQueue)
            return false;
        shared_->jobs.push_back({std::move(work), std::move(then)});
    }
    shared_->changed.notify_one();
    return true;
}

void Identity::loop(Shared& shared) {
    while (true) {
        std::vector<Shared::Job> jobs;
        {
            std::unique_lock lock(shared.mutex);
            shared.changed.wait(lock, [&shared] { return shared.finishing || !shared.jobs.empty(); });
            if (shared.jobs.empty())
                break;
            jobs.swap(shared.jobs);
        }
        for (Shared::Job& job : jobs) {
            job.work(shared.key);
            job.work = nullptr;
            const std::lock_guard lock(shared.mutex);
            if (shared.receiver != nullptr)
                QMetaObject::invokeMethod(shared.receiver, std::move(job.then), Qt::QueuedConnection);
        }
    }
    shared.key.reset();
}

void Identity::load() {
    setState(State::Loading, {});
    const auto outcome = std::make_shared<core::Result<core::PublicKey>>(noKey());
    const bool queued = run(
        [file = file_, outcome](std::optional<core::SigningKey>& key) {
            key.reset();
            core::Result<core::SigningKey> found = readOrMakeKey(file);
            if (found) {
                *outcome = found->publicKey();
                key = std::move(*found);
            } else {
                *outcome = found.error();
            }
        },
        [this, outcome] {
            key_ = *outcome ? **outcome : core::PublicKey{};
            if (*outcome)
                setState(State::Ready, {});
            else
                setState(State::Failed, outcome->error());
        });
    if (!queued)
        setState(State::Failed, noKey());
}

void Identity::setState(State state, std::optional<Error> why) {
    state_ = state;
    why_ = std::move(why);
    Q_EMIT stateChanged();
}

void Identity::noteIn(History& history) {
    const auto note = [this, &history] {
        if (state_ != State::Ready || history.state() != History::State::Open)
            return;
        store::whenDone(history.store().noteIdentity(key_, QDateTime::currentMSecsSinceEpoch()), &history,
                        [&history](const core::Status& done) {
                            if (!done)
                                history.noteFailure(done.error());
                        });
    };
    connect(this, &Identity::stateChanged, &history, note);
    connect(&history, &History::stateChanged, this, note);
    note();
}

QFuture<core::Status> Identity::exportTo(const QString& file, const QString& passphrase, bool replace) {
    const auto secret = secretOf(passphrase);
    if (secret->size() < limits::passphraseLeast || secret->size() > limits::passphraseMost)
        return QtFuture::makeReadyFuture(core::Status(Error{Reason::PassphraseWeak, 0, {}}));
    return withKey<core::Status>(
        [own = file_, file, secret, replace](const core::SigningKey& key) {
            return exportKey(file, own, key, *secret, replace);
        },
        noKey());
}

QFuture<core::Result<core::PublicKey>> Identity::importFrom(const QString& file, const QString& passphrase) {
    using Imported = core::Result<core::PublicKey>;
    const auto promise = std::make_shared<QPromise<Imported>>();
    promise->start();
    QFuture<Imported> future = promise->future();
    const auto outcome = std::make_shared<Imported>(noKey());
    const bool queued = run(
        [own = file_, file, secret = secretOf(passphrase), outcome](std::optional<core::SigningKey>&) {
            const core::Result<core::SigningKey> key = readExportedKey(file, *secret);
            if (!key) {
                *outcome = key.error();
                return;
            }
            if (const core::Status done = replaceKey(own, *key); !done)
                *outcome = done.error();
            else
                *outcome = key->publicKey();
        },
        [this, promise, outcome] {
            if (*outcome)
                load();
            promise->addResult(*outcome);
            promise->finish();
        });
    if (!queued)
        return QtFuture::makeReadyFuture(Imported(noKey()));
    return future;
}

} // namespace kith::model
