// Whom this profile wants nothing of, as rows of a list. GUI thread.
#pragma once

#include "core/bytes.h"

#include <QAbstractListModel>
#include <QList>
#include <QString>

#include <optional>

namespace kith::model {
class People;
}

namespace kith::gui {

/// Whoever is blocked: by a key, or by an address.
struct Blocked {
    std::optional<core::PublicKey> key;
    QString address; ///< where there is no key
    bool operator==(const Blocked&) const = default;
};

/// One line for each key that is blocked, contacts by name, and below them one for each address. Owned by the
/// dialog that shows it; GUI thread.
class BlockedRows final : public QAbstractListModel {
    Q_OBJECT

public:
    /// It must outlive the rows.
    explicit BlockedRows(const model::People& people, QObject* parent);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] const Blocked& at(int row) const { return rows_.at(row); }

private:
    void refresh();
    [[nodiscard]] QString textOf(const Blocked& blocked) const;

    const model::People& people_;
    QList<Blocked> rows_;
};

} // namespace kith::gui
