#include "gui/invite_rows.h"

#include "core/kith_id.h"
#include "gui/conversation_words.h"
#include "model/people.h"

#include <QLocale>

namespace kith::gui {

InviteRows::InviteRows(model::Invites& invites, model::People& people, QObject* parent)
    : QAbstractListModel(parent)
    , invites_(invites)
    , people_(people) {
    connect(&invites_, &model::Invites::changed, this, &InviteRows::refresh);
    connect(&invites_, &model::Invites::ready, this, &InviteRows::refresh);
    connect(&people_, &model::People::changed, this, &InviteRows::refresh);
    refresh();
}

void InviteRows::refresh() {
    beginResetModel();
    rows_ = invites_.all();
    endResetModel();
}

int InviteRows::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant InviteRows::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rows_.size())
        return {};
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    const model::GivenInvite& invite = rows_.at(index.row());
    return tr("Made %1 · %2").arg(QLocale().toString(invite.made, QLocale::ShortFormat), stateOf(invite));
}

QString InviteRows::stateOf(const model::GivenInvite& invite) const {
    if (invite.usedBy) {
        const model::Person* const person = people_.find(*invite.usedBy);
        const QString who = person != nullptr ? person->shownName()
                                              : QString::fromStdString(core::shortKithId(*invite.usedBy));
        return tr("used by %1").arg(isolated(who));
    }
    const QString until = QLocale().toString(invite.expires, QLocale::ShortFormat);
    return invite.isAlive(QDateTime::currentDateTime()) ? tr("waits, until %1").arg(until)
                                                        : tr("expired %1").arg(until);
}

} // namespace kith::gui
