#include "model/profile_settings.h"

#include "core/limits.h"

#include <QCoreApplication>
#include <QFile>
#include <QPointer>
#include <QSaveFile>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

using namespace Qt::StringLiterals;

namespace kith::model {

namespace limits = core::limits;

/// The latest state that is to be written, and the thread that writes it. Shared by both sides, so that a
/// thread that hangs in the disk at the end can be left behind; the newest state alone counts.
class ProfileSettings::Writer final {
public:
    using Failed = std::function<void(QString)>;

    explicit Writer(QString path)
        : path_(std::move(path)) {}

    /// Runs in the writing thread, until close().
    void run(const Failed& failed) {
        std::unique_lock lock(mutex_);
        while (true) {
            changed_.wait(lock, [this] { return next_ || closing_; });
            if (!next_)
                break;
            const QByteArray bytes = *std::exchange(next_, std::nullopt);
            lock.unlock();
            const QString why = write(bytes);
            if (!why.isEmpty())
                failed(why);
            lock.lock();
        }
        done_ = true;
        changed_.notify_all();
    }

    void put(QByteArray bytes) {
        const std::lock_guard lock(mutex_);
        next_ = std::move(bytes);
        changed_.notify_all();
    }

    /// True when everything is written, false where the disk takes too long.
    bool close(std::chrono::milliseconds limit) {
        std::unique_lock lock(mutex_);
        closing_ = true;
        changed_.notify_all();
        return changed_.wait_for(lock, limit, [this] { return done_; });
    }

private:
    /// The system's words where it fails.
    [[nodiscard]] QString write(const QByteArray& bytes) const {
        QSaveFile file(path_);
        if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
            return {};
        return file.errorString();
    }

    const QString path_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<QByteArray> next_;
    bool closing_ = false;
    bool done_ = false;
};

ProfileSettings::ProfileSettings(const QString& profileFolder, Preferences& preferences, QObject* parent)
    : QObject(parent)
    , preferences_(preferences)
    , writer_(std::make_shared<Writer>(filePath(profileFolder))) {
    QFile file(filePath(profileFolder));
    if (file.open(QIODevice::ReadOnly))
        preferences_.fromBytes(file.read(static_cast<qint64>(limits::settingsFile)));
    delay_.setSingleShot(true);
    delay_.setInterval(limits::settingsDelay);
    connect(&preferences_, &Preferences::changed, &delay_, qOverload<>(&QTimer::start));
    connect(&delay_, &QTimer::timeout, this, &ProfileSettings::save);
    // The thread holds the writer, never this object; what it has to tell goes through the event loop.
    const QPointer<ProfileSettings> self(this);
    std::thread([writer = writer_, self] {
        writer->run([&self](const QString& why) {
            if (QCoreApplication::instance() == nullptr)
                return;
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [self, why] {
                    if (self)
                        Q_EMIT self->failed(why);
                },
                Qt::QueuedConnection);
        });
    }).detach();
}

ProfileSettings::~ProfileSettings() {
    if (delay_.isActive())
        save();
    static_cast<void>(writer_->close(limits::settingsAtQuit));
}

QString ProfileSettings::filePath(const QString& profileFolder) {
    return profileFolder + u"/settings.json"_s;
}

void ProfileSettings::save() {
    writer_->put(preferences_.toBytes());
}

} // namespace kith::model
