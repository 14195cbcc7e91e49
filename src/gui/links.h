// Addresses of the web in what people write. GUI thread.
#pragma once

#include <QList>
#include <QString>
#include <QUrl>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace kith::gui {

/// One address in a text: characters [from, from + length), in UTF-16 units.
struct Link {
    int from = 0;
    int length = 0;
    QUrl url;
    bool operator==(const Link&) const = default;
};

/// Those that begin with http:// or https:// and have a host; no other scheme ever becomes a link. What ends
/// a sentence is not part of one, nor is a control or direction character. At most limits::messageLinks of at
/// most limits::linkCharacters each.
[[nodiscard]] QList<Link> linksIn(const QString& text);

/// The host as it is on the wire: an international name in its ASCII form, so that no letter can pose as
/// another.
[[nodiscard]] QString hostOf(const QUrl& url);

/// Asks before it is opened, with the host and the whole address shown, and then opens it in the desktop's
/// browser. What is none of linksIn() is never opened. The dialog deletes itself.
void askToOpen(const QUrl& url, QWidget* parent);

} // namespace kith::gui
