#include "gui/connections_dialog.h"

#include "gui/connection_rows.h"
#include "gui/theme.h"
#include "model/connection_list.h"
#include "model/messenger.h"
#include "ui_ConnectionsDialog.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>

#include <algorithm>

namespace kith::gui {

using model::ConnectionFacts;
using model::ConnectionList;
using model::ConnectionRole;
using model::ConnectionStep;

ConnectionsDialog::ConnectionsDialog(model::Messenger& messenger, QWidget* parent)
    : QDialog(parent)
    , list_(new ConnectionList(messenger, std::chrono::seconds(1), this))
    , rows_(new ConnectionRows(*list_, this))
    , ui_(std::make_unique<Ui::ConnectionsDialog>()) {
    ui_->setupUi(this);
    fitToUnit(this);
    setAttribute(Qt::WA_DeleteOnClose);
    const int u = Theme::unit();
    resize(240 * u, 96 * u);
    list_->refresh();
    prepareTable();
    connect(ui_->end, &QPushButton::clicked, this, &ConnectionsDialog::endChosen);
    connect(ui_->close, &QPushButton::clicked, this, &QDialog::close);
    connect(rows_, &QAbstractItemModel::rowsInserted, this, &ConnectionsDialog::refresh);
    connect(rows_, &QAbstractItemModel::rowsRemoved, this, &ConnectionsDialog::refresh);
    connect(rows_, &QAbstractItemModel::dataChanged, this, &ConnectionsDialog::refresh);
    if (rows_->rowCount() > 0)
        ui_->connections->selectRow(0);
    refresh();
}

ConnectionsDialog::~ConnectionsDialog() = default;

void ConnectionsDialog::prepareTable() {
    QTableView* const table = ui_->connections;
    table->setModel(rows_);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setSectionsClickable(false);
    table->horizontalHeader()->setStretchLastSection(true);
    table->verticalHeader()->setDefaultSectionSize(9 * Theme::unit());
    connect(table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ConnectionsDialog::refresh);
    connect(table, &QWidget::customContextMenuRequested, this, &ConnectionsDialog::showMenu);
    table->installEventFilter(this);
}

/// The table's own copying would take the one cell.
bool ConnectionsDialog::eventFilter(QObject* watched, QEvent* event) {
    if (watched == ui_->connections && event->type() == QEvent::KeyPress) {
        const auto* const key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Copy)) {
            copyChosen();
            return true;
        }
        if (key->key() == Qt::Key_Delete) {
            endChosen();
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

int ConnectionsDialog::chosen() const {
    const QModelIndexList rows = ui_->connections->selectionModel()->selectedRows();
    return rows.isEmpty() ? -1 : rows.first().row();
}

bool ConnectionsDialog::canEnd(int row) const {
    return row >= 0 && list_->at(row).step != ConnectionStep::Ending;
}

void ConnectionsDialog::refresh() {
    const bool any = rows_->rowCount() > 0;
    ui_->connections->setVisible(any);
    ui_->end->setVisible(any);
    ui_->empty->setVisible(!any);
    const int row = chosen();
    const bool listener = row >= 0 && list_->at(row).role == ConnectionRole::Listener;
    ui_->end->setText(listener ? tr("Stop hosting") : tr("Disconnect"));
    ui_->end->setEnabled(canEnd(row));
    if (any)
        fitColumns();
    refreshDetails();
}

void ConnectionsDialog::fitColumns() {
    QTableView* const table = ui_->connections;
    // sizeHintForColumn() is public there alone.
    const QAbstractItemView& view = *table;
    const int room = table->viewport()->width();
    int used = 0;
    bool fits = true;
    widths_.resize(ConnectionList::Columns);
    for (int column = 0; column < ConnectionList::Columns; ++column) {
        const int wanted =
            std::max(view.sizeHintForColumn(column), table->horizontalHeader()->sectionSizeHint(column));
        // A column only grows: what is to the right of it does not jump about with every figure.
        widths_[column] = std::max(widths_[column], wanted);
        used += widths_[column];
        fits = fits && used <= room;
        table->setColumnHidden(column, !fits && column > ConnectionList::State);
        table->setColumnWidth(column, widths_[column]);
    }
}

void ConnectionsDialog::refreshDetails() {
    const int row = chosen();
    QStringList lines;
    for (int column = 0; row >= 0 && column < ConnectionList::Columns; ++column) {
        if (ui_->connections->isColumnHidden(column))
            lines.append(
                tr("%1: %2").arg(rows_->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(),
                                 rows_->index(row, column).data().toString()));
    }
    ui_->details->setText(lines.join(QLatin1Char('\n')));
    ui_->details->setVisible(!lines.isEmpty() && rows_->rowCount() > 0);
}

void ConnectionsDialog::showMenu(const QPoint& where) {
    const QModelIndex at = ui_->connections->indexAt(where);
    if (at.isValid())
        ui_->connections->selectRow(at.row());
    const int row = chosen();
    if (row < 0)
        return;
    auto* const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Copy"), QKeySequence::Copy, this, &ConnectionsDialog::copyChosen);
    menu->addAction(ui_->end->text(), QKeySequence(Qt::Key_Delete), this, &ConnectionsDialog::endChosen)
        ->setEnabled(canEnd(row));
    menu->popup(ui_->connections->viewport()->mapToGlobal(where));
}

void ConnectionsDialog::endChosen() {
    if (const int row = chosen(); canEnd(row))
        list_->end(row);
}

void ConnectionsDialog::copyChosen() {
    if (const int row = chosen(); row >= 0)
        QGuiApplication::clipboard()->setText(rows_->asText(row));
}

void ConnectionsDialog::showEvent(QShowEvent* event) {
    QDialog::showEvent(event);
    list_->watch(true);
    if (rows_->rowCount() > 0)
        ui_->connections->setFocus();
    refresh();
}

void ConnectionsDialog::hideEvent(QHideEvent* event) {
    QDialog::hideEvent(event);
    list_->watch(false);
}

void ConnectionsDialog::resizeEvent(QResizeEvent* event) {
    QDialog::resizeEvent(event);
    refresh();
}

} // namespace kith::gui
