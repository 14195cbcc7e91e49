// One of the two large buttons of the start page. GUI thread.
#pragma once

#include <QIcon>
#include <QPushButton>

namespace kith::gui {

/// A button with an icon, a word and a line that says what it does. Owned by its form; GUI thread.
class ChoiceButton final : public QPushButton {
    Q_OBJECT

public:
    explicit ChoiceButton(QWidget* parent = nullptr);

    void setChoice(const QIcon& icon, const QString& word, const QString& line);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QIcon icon_;
    QString word_;
    QString line_;
};

} // namespace kith::gui
