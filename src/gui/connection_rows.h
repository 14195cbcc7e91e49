// The worker processes in words, for a table. GUI thread.
#pragma once

#include <QFont>
#include <QIdentityProxyModel>
#include <QString>

namespace kith::model {
class ConnectionList;
struct ConnectionFacts;
} // namespace kith::model

namespace kith::gui {

/// What model::ConnectionList knows as people read it: in words, with units, numbers to the right in digits
/// of one width. Owned by the dialog that shows it; GUI thread; the list must outlive it.
class ConnectionRows final : public QIdentityProxyModel {
    Q_OBJECT

public:
    ConnectionRows(model::ConnectionList& list, QObject* parent);

    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// A row as text: a line "What: value" for each column.
    [[nodiscard]] QString asText(int row) const;

private:
    model::ConnectionList& list_;
};

/// What a cell says; `column` as of model::ConnectionList.
[[nodiscard]] QString connectionCell(const model::ConnectionFacts& facts, int column);

/// Digits of one width, so that figures below each other can be compared: the font itself where its digits
/// are, else the desktop's font of fixed width.
[[nodiscard]] QFont tabular(const QFont& font);

} // namespace kith::gui
