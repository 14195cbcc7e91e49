// Boxes that open a list or a calendar, with the arrow in the palette's colours. GUI thread.
#pragma once

#include <QComboBox>
#include <QDateEdit>

namespace kith::gui {

/// A box of choices. A style sheet can only show its arrow in the colour that the file has, which would be
/// black on a dark ground, so the box draws its own. Owned by its form; GUI thread.
class ChoiceBox final : public QComboBox {
    Q_OBJECT

public:
    using QComboBox::QComboBox;

protected:
    void paintEvent(QPaintEvent* event) override;
};

/// A day that opens a calendar, with the arrow of a ChoiceBox. Owned by its form; GUI thread.
class DateBox final : public QDateEdit {
    Q_OBJECT

public:
    using QDateEdit::QDateEdit;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace kith::gui
