// For tests: what a test may leave neither behind nor grow, and whether the event loop was ever held.
#pragma once

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <algorithm>

namespace kith::tests {

/// Open descriptors of this process (Linux; 0 elsewhere).
inline qsizetype descriptorCount() {
    return QDir(QStringLiteral("/proc/self/fd"))
        .entryList(QDir::Files | QDir::System | QDir::NoDotAndDotDot)
        .size();
}

/// Children of this process, zombies among them (Linux).
inline QSet<qint64> children() {
    QFile file(QStringLiteral("/proc/thread-self/children"));
    QSet<qint64> pids;
    if (file.open(QIODevice::ReadOnly)) {
        const QList<QByteArray> words = file.readAll().simplified().split(' ');
        for (const QByteArray& word : words) {
            if (!word.isEmpty())
                pids.insert(word.toLongLong());
        }
    }
    return pids;
}

/// Nanoseconds that this thread was ready to run and had no processor (Linux; 0 elsewhere): on a machine that
/// others use too, that is not the event loop's doing.
inline qint64 waitedForProcessor() {
    QFile file(QStringLiteral("/proc/thread-self/schedstat"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> fields = file.readAll().simplified().split(' ');
    return fields.size() < 2 ? 0 : fields.at(1).toLongLong();
}

/// Measures the longest time in which the event loop did not turn though it could have, from its construction
/// on. GUI thread.
class LoopWatch final {
public:
    LoopWatch() {
        timer_.setTimerType(Qt::PreciseTimer);
        timer_.setInterval(5);
        QObject::connect(&timer_, &QTimer::timeout, &timer_, [this] { note(); });
        since_.start();
        waited_ = waitedForProcessor();
        timer_.start();
    }
    [[nodiscard]] qint64 longestMilliseconds() {
        note();
        return longest_;
    }

private:
    void note() {
        constexpr qint64 nanosecondsPerMillisecond = 1000000;
        const qint64 waited = std::max(waitedForProcessor(), waited_); // 0 where no descriptor is left
        longest_ = std::max(longest_, since_.restart() - (waited - waited_) / nanosecondsPerMillisecond);
        waited_ = waited;
    }

    QTimer timer_;
    QElapsedTimer since_;
    qint64 waited_ = 0;
    qint64 longest_ = 0;
};

} // namespace kith::tests
