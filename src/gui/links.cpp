#include "gui/links.h"

#include "core/limits.h"
#include "core/text.h"
#include "gui/question_dialog.h"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QDialog>
#include <QRegularExpression>

#include <algorithm>

namespace kith::gui {

namespace limits = core::limits;

namespace {

/// The translation context of this file. Never made; it lends its tr().
class Links final {
    Q_DECLARE_TR_FUNCTIONS(Links)
public:
    Links() = delete;
};

bool isWeb(const QUrl& url) {
    const QString scheme = url.scheme();
    return url.isValid() && !url.host().isEmpty() &&
           (scheme == QLatin1String("http") || scheme == QLatin1String("https"));
}

/// Chinese puts no space between an address and what follows it.
bool endsAddress(QChar c) {
    return c.isSpace() || QStringLiteral("<>\"“”«»`、。，；：！？（）《》「」").contains(c) ||
           core::isControlOrFormat(c.unicode());
}

/// Without the marks that end a sentence, and a bracket that was opened before the address.
QString trimmedEnd(QString address) {
    static const QString marks = QStringLiteral(".,;:!?'’…");
    while (!address.isEmpty()) {
        const QChar last = address.back();
        const bool unopened =
            (last == QLatin1Char(')') && address.count(QLatin1Char('(')) < address.count(last)) ||
            (last == QLatin1Char(']') && address.count(QLatin1Char('[')) < address.count(last));
        if (!marks.contains(last) && !unopened)
            break;
        address.chop(1);
    }
    return address;
}

} // namespace

QList<Link> linksIn(const QString& text) {
    static const QRegularExpression begin(QStringLiteral("\\bhttps?://"),
                                          QRegularExpression::CaseInsensitiveOption);
    QList<Link> links;
    qsizetype at = 0;
    while (links.size() < limits::messageLinks) {
        const QRegularExpressionMatch match = begin.match(text, at);
        if (!match.hasMatch())
            break;
        const qsizetype from = match.capturedStart();
        const auto end = std::find_if(text.cbegin() + match.capturedEnd(), text.cend(), endsAddress);
        const QString address = trimmedEnd(text.mid(from, end - text.cbegin() - from));
        at = match.capturedEnd();
        if (address.size() > limits::linkCharacters)
            continue;
        const QUrl url(address, QUrl::StrictMode);
        if (!isWeb(url))
            continue;
        links.append({static_cast<int>(from), static_cast<int>(address.size()), url});
        at = from + address.size();
    }
    return links;
}

QString hostOf(const QUrl& url) {
    return url.host(QUrl::FullyEncoded);
}

void askToOpen(const QUrl& url, QWidget* parent) {
    if (!isWeb(url))
        return;
    QString text = url.toString(QUrl::FullyEncoded);
    if (!url.userInfo().isEmpty())
        text += QLatin1Char('\n') +
                Links::tr("Careful: what stands before the “@” is not where this leads. It leads to %1.")
                    .arg(hostOf(url));
    auto* const dialog = new QuestionDialog({Links::tr("Open %1 in your browser?").arg(hostOf(url)), text,
                                             Links::tr("Open"), QStringLiteral("Open link")},
                                            parent);
    QObject::connect(dialog, &QDialog::accepted, dialog, [url] { QDesktopServices::openUrl(url); });
    dialog->open();
}

} // namespace kith::gui
