#include "report.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTextStream>

#include <algorithm>
#include <cmath>

namespace kith::bench {

double quantile(std::vector<double> samples, double share) {
    if (samples.empty())
        return 0;
    std::sort(samples.begin(), samples.end());
    const double at = share * double(samples.size() - 1);
    return samples[std::size_t(std::lround(at))];
}

Report::Report(QString name)
    : name_(std::move(name)) {}

void Report::samples(const QString& row, const QString& unit, const std::vector<double>& values) {
    const double median = quantile(values, 0.5);
    const double p95 = quantile(values, 0.95);
    const double p99 = quantile(values, 0.99);
    const double p999 = quantile(values, 0.999);
    table_ += QStringLiteral("%1 median %2 %6, p95 %3 %6, p99 %4 %6, p99.9 %5 %6, n = %7\n")
                  .arg(row, -44)
                  .arg(median, 0, 'f', 1)
                  .arg(p95, 0, 'f', 1)
                  .arg(p99, 0, 'f', 1)
                  .arg(p999, 0, 'f', 1)
                  .arg(unit)
                  .arg(values.size());
    json_[row] = QJsonObject{{QStringLiteral("unit"), unit},  {QStringLiteral("median"), median},
                             {QStringLiteral("p95"), p95},    {QStringLiteral("p99"), p99},
                             {QStringLiteral("p99.9"), p999}, {QStringLiteral("n"), qint64(values.size())}};
}

void Report::figure(const QString& row, const QString& unit, double value) {
    table_ += QStringLiteral("%1 %2 %3\n").arg(row, -44).arg(value, 0, 'f', 1).arg(unit);
    json_[row] = QJsonObject{{QStringLiteral("unit"), unit}, {QStringLiteral("value"), value}};
}

void Report::ratio(const QString& row, double value, double target) {
    table_ += QStringLiteral("%1 %2 (target: at most %3)\n").arg(row, -44).arg(value, 0, 'f', 2).arg(target);
    json_[row] = QJsonObject{{QStringLiteral("ratio"), value}, {QStringLiteral("target"), target}};
}

void Report::print() const {
    QTextStream(stdout) << name_ << Qt::endl << table_;
    QDir().mkpath(QStringLiteral("bench"));
    QFile file(QStringLiteral("bench/%1.json").arg(name_));
    if (file.open(QIODevice::WriteOnly))
        file.write(QJsonDocument(json_).toJson());
}

} // namespace kith::bench
