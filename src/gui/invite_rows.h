// The invites of this profile as rows of a list. GUI thread.
#pragma once

#include "model/invites.h"

#include <QAbstractListModel>
#include <QList>

namespace kith::model {
class People;
}

namespace kith::gui {

/// One line for each invite: when it was made, and whether it waits, is spent (by whom) or over. Owned by the
/// dialog that shows it; GUI thread.
class InviteRows final : public QAbstractListModel {
    Q_OBJECT

public:
    /// Both must outlive it.
    InviteRows(model::Invites& invites, model::People& people, QObject* parent);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] const model::GivenInvite& at(int row) const { return rows_.at(row); }

private:
    void refresh();
    [[nodiscard]] QString stateOf(const model::GivenInvite& invite) const;

    model::Invites& invites_;
    model::People& people_;
    QList<model::GivenInvite> rows_;
};

} // namespace kith::gui
