#include "gui/safety_text.h"

#include "core/safety_number.h"
#include "model/history.h"
#include "model/identity.h"

#include <QObject>

#include <utility>

namespace kith::gui {

namespace {

constexpr qsizetype groupLength = 5;
constexpr qsizetype groupsInRow = 3;

QString inRows(const QString& digits) {
    QString rows;
    for (qsizetype at = 0; at < digits.size(); at += groupLength) {
        if (at > 0)
            rows += (at / groupLength) % groupsInRow == 0 ? QLatin1String("\n") : QLatin1String("  ");
        rows += QStringView(digits).mid(at, groupLength);
    }
    return rows;
}

} // namespace

void makeSafetyText(model::Identity& identity, const core::PublicKey& other, QObject* context,
                    std::function<void(const SafetyText&)> then) {
    using Made = core::Result<SafetyText>;
    const std::function<Made(const core::SigningKey&)> work = [other](const core::SigningKey& self) {
        return Made(SafetyText{
            inRows(QString::fromStdString(core::safetyNumber(self.publicKey(), other))),
            QString::fromStdString(core::safetyCode(self.publicKey(), other)),
        });
    };
    const Made none = core::Error{core::Reason::IdentityUnusable, 0, {}};
    store::whenDone(identity.withKey<Made>(work, none), context, [then = std::move(then)](const Made& text) {
        if (text)
            then(*text);
    });
}

} // namespace kith::gui
