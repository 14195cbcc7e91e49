// A line of text that is cut with an ellipsis where there is no room for it. GUI thread.
#pragma once

#include <QLabel>

namespace kith::gui {

/// Shows one line of plain text; what does not fit is cut at its end and stands in the tool tip. Owned by its
/// form; GUI thread.
class ElidedLabel final : public QLabel {
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget* parent = nullptr);

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace kith::gui
