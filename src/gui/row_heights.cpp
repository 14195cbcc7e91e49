#include "gui/row_heights.h"

#include <algorithm>

namespace kith::gui {

namespace {

constexpr int clearAwayFrom = 1024;

int lowBit(int i) {
    return i & -i;
}

} // namespace

qint64 RowHeights::sum(int rows) const {
    qint64 total = 0;
    for (int i = rows; i > 0; i -= lowBit(i))
        total += tree_[static_cast<std::size_t>(i - 1)];
    return total;
}

int RowHeights::rowAt(qint64 y) const {
    if (count() == 0)
        return -1;
    qint64 rest = sum(first_) + std::max<qint64>(y, 0);
    const int size = static_cast<int>(tree_.size());
    int step = 1;
    while (step <= size / 2)
        step *= 2;
    int rows = 0;
    for (; step > 0; step /= 2) {
        if (rows + step <= size && tree_[static_cast<std::size_t>(rows + step - 1)] <= rest) {
            rows += step;
            rest -= tree_[static_cast<std::size_t>(rows - 1)];
        }
    }
    return std::clamp(rows - first_, 0, count() - 1);
}

void RowHeights::push(int height) {
    heights_.push_back(height);
    const int node = static_cast<int>(heights_.size());
    qint64 value = height;
    for (int child = node - 1; child > node - lowBit(node); child -= lowBit(child))
        value += tree_[static_cast<std::size_t>(child - 1)];
    tree_.push_back(value);
}

void RowHeights::append(int height) {
    push(height);
}

void RowHeights::prepend(const std::vector<int>& heights) {
    std::vector<int> all = heights;
    all.insert(all.end(), heights_.begin() + first_, heights_.end());
    clear();
    for (const int height : all)
        push(height);
}

void RowHeights::removeLast(int rows) {
    // A node of the tree covers what is before it alone.
    heights_.resize(heights_.size() - static_cast<std::size_t>(rows));
    tree_.resize(heights_.size());
}

void RowHeights::removeFirst(int rows) {
    first_ += rows;
    if (first_ < clearAwayFrom || first_ < static_cast<int>(heights_.size()) / 2)
        return;
    const std::vector<int> kept(heights_.begin() + first_, heights_.end());
    clear();
    for (const int height : kept)
        push(height);
}

void RowHeights::set(int row, int height) {
    const int difference = height - heights_[index(row)];
    if (difference == 0)
        return;
    heights_[index(row)] = height;
    for (int i = first_ + row + 1; i <= static_cast<int>(tree_.size()); i += lowBit(i))
        tree_[static_cast<std::size_t>(i - 1)] += difference;
}

void RowHeights::clear() {
    heights_.clear();
    tree_.clear();
    first_ = 0;
}

} // namespace kith::gui
