// A line of text that is cut with an ellipsis where there is no room for it. GUI thread.
#pragma once

#include <QLabel>

namespace kith::gui {

/// Shows one line of plain text; what does not fit is cut at its end and stands in the tool tip. Of parts
/// that a separator stands between the first ones give way, so that the last, which says most, is read. Owned
/// by its form; GUI thread.
class ElidedLabel final : public QLabel {
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget* parent = nullptr);

    void setSeparator(const QString& separator) { separator_ = separator; }
    /// What is read of it at its width.
    [[nodiscard]] QString shownText() const;

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QString line() const;

    QString separator_; ///< empty: there is one part
};

} // namespace kith::gui
