// The heights of many rows, with quick answers about where each one stands. A value; any thread.
#pragma once

#include <QtGlobal>

#include <vector>

namespace kith::gui {

/// Heights of rows from top to bottom, in pixels. Rows come and leave at both ends, as messages do.
/// Everything is O(log n) but prepend(), which is O(n) for a whole page of rows. A Fenwick tree (P. M.
/// Fenwick, "A New Data Structure for Cumulative Frequency Tables", 1994). Owned by the view.
class RowHeights final {
public:
    [[nodiscard]] int count() const { return static_cast<int>(heights_.size()) - first_; }
    [[nodiscard]] int height(int row) const { return heights_[index(row)]; }
    /// Where a row begins; of count(), where the last one ends.
    [[nodiscard]] qint64 top(int row) const { return sum(first_ + row) - sum(first_); }
    [[nodiscard]] qint64 total() const { return top(count()); }
    /// The row that covers y; the first or last one where y is outside; -1 where there is none.
    [[nodiscard]] int rowAt(qint64 y) const;

    void append(int height);
    /// Rows before the first, from top to bottom.
    void prepend(const std::vector<int>& heights);
    void removeFirst(int rows);
    void removeLast(int rows);
    void set(int row, int height);
    void clear();

private:
    [[nodiscard]] std::size_t index(int row) const {
        return static_cast<std::size_t>(first_) + static_cast<std::size_t>(row);
    }
    [[nodiscard]] qint64 sum(int rows) const;
    void push(int height);

    std::vector<int> heights_;
    std::vector<qint64> tree_;
    int first_ = 0; ///< rows that have left and are not yet cleared away
};

} // namespace kith::gui
