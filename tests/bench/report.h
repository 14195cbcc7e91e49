// Figures of one bench: samples in, a table and JSON out. Used in bench programs alone.
#pragma once

#include <QJsonObject>
#include <QString>

#include <vector>

namespace kith::bench {

/// The value below which `share` (0 to 1) of the samples lie; 0 where there are none.
[[nodiscard]] double quantile(std::vector<double> samples, double share);

/// Collects rows and prints them. A value of main()'s.
class Report final {
public:
    explicit Report(QString name);

    /// A row of samples in one unit ("µs"): median, p95, p99, p99.9, count.
    void samples(const QString& row, const QString& unit, const std::vector<double>& values);
    /// A single figure.
    void figure(const QString& row, const QString& unit, double value);
    /// A figure with what it is measured against: "target at most 1.5". Told, not asserted.
    void ratio(const QString& row, double value, double target);

    /// Prints the table to standard output and writes NAME.json into the current folder's bench/.
    void print() const;

private:
    QString name_;
    QJsonObject json_;
    QString table_;
};

} // namespace kith::bench
