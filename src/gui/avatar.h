// The round picture of a person or a place: its first letter on a colour of its own. GUI thread.
#pragma once

#include <QRectF>
#include <QString>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QPainter;
QT_END_NAMESPACE

namespace kith::gui {

/// A name shows its first letter, an address a picture of a program. `dim`: of somebody who is not there.
void paintAvatar(QPainter& painter, const QRectF& rect, const QString& name, bool dim = false);

/// An avatar as a widget. Owned by its form; GUI thread.
class Avatar final : public QWidget {
    Q_OBJECT

public:
    explicit Avatar(QWidget* parent = nullptr);

    void setName(const QString& name);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString name_;
};

} // namespace kith::gui
