#include "gui/style_sheet.h"

#include <QFontInfo>

#include <algorithm>

namespace kith::gui {

namespace {

// @name@ stands for a colour or a measure; see styleSheetFor().
constexpr const char* sheet = R"(
QMainWindow, QDialog { background: @window@; }
#sideBar { background: @window@; border: none; border-right: 1px solid @hairline@; }
#rightSide, #pages, #startPage, #hostPanel, #connectForm, #conversationPage, #emptyPage, #searchPage, #header, #composer, #historyOff,
QScrollArea#scroller, #scrolled { background: @base@; border: none; }
#header { border-bottom: 1px solid @hairline@; }
#composer { border-top: 1px solid @hairline@; }
#bar { background: @barGround@; border: none; border-bottom: 1px solid @hairline@; }
#bar[tone="caution"] { background: @cautionGround@; }
#bar[tone="danger"] { background: @dangerGround@; }
kith--gui--NoticeBar[shape="card"] #bar { border: none; border-radius: @3u@px; }
#card { background: @card@; border-radius: @3u@px; }

QLabel[tone="second"] { color: @secondText@; }
QLabel[tone="danger"] { color: @danger@; }
QLabel[tone="caution"] { color: @caution@; }
QLabel[size="small"], QPushButton[size="small"] { font-size: @small@pt; }
QLabel[weight="strong"], QPushButton[weight="strong"] { font-weight: 600; }
QLabel[shape="code"] { background: @card@; border-radius: @2u@px; padding: @2u@px @3u@px;
    font-family: monospace; }

QPushButton { background: @button@; color: @text@; border: 2px solid transparent; border-radius: @2u@px;
    padding: @1u@px @3u@px; min-height: @6u@px; }
QPushButton:hover { background: @buttonHover@; }
QPushButton:pressed { background: @buttonDown@; }
QPushButton:focus { border-color: @accent@; }
QPushButton:disabled { color: @dim@; }
QPushButton[kind="main"] { background: @accent@; color: @onAccent@; font-weight: 600; }
QPushButton[kind="main"]:hover { background: @accentHover@; }
QPushButton[kind="main"]:focus { border-color: @text@; }
QPushButton[kind="main"]:disabled { background: @button@; color: @dim@; }
QPushButton[tone="danger"] { color: @danger@; }
QPushButton[kind="quiet"] { background: transparent; color: @link@; padding: @1u@px @2u@px; }
QPushButton[kind="quiet"]:hover { background: @buttonHover@; }
QPushButton[kind="fold"] { background: transparent; color: @link@; text-align: left; padding: @1u@px 0; }
QPushButton#send { border-radius: @5u@px; padding: 0; min-width: @10u@px; min-height: @10u@px; }
QPushButton[kind="row"] { background: transparent; text-align: left; padding: @1u@px @2u@px; }
QPushButton[kind="row"]:hover { background: @hover@; }
QPushButton[kind="large"] { background: @card@; text-align: left; padding: @4u@px; border-radius: @3u@px; }
QPushButton[kind="large"]:hover { background: @buttonHover@; }
QPushButton::menu-indicator { image: none; width: 0; }

QToolButton { background: transparent; border: 2px solid transparent; border-radius: @2u@px; padding: @1u@px; }
QToolButton:hover { background: @buttonHover@; }
QToolButton:pressed, QToolButton:open { background: @buttonDown@; }
QToolButton:focus { border-color: @accent@; }
QToolButton::menu-indicator { image: none; width: 0; }

QLineEdit, QPlainTextEdit { background: @base@; color: @text@; border: 1px solid @field@;
    border-radius: @2u@px; padding: @2u@px @3u@px; selection-background-color: @accent@;
    selection-color: @onAccent@; }
QLineEdit:focus, QPlainTextEdit:focus { border: 2px solid @accent@; padding: @2um@px @3um@px; }
QComboBox, QDateEdit { background: @base@; color: @text@; border: 1px solid @field@; border-radius: @2u@px;
    padding: @1u@px @3u@px; min-height: @6u@px; selection-background-color: @accent@;
    selection-color: @onAccent@; }
QComboBox:focus, QDateEdit:focus { border-color: @accent@; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: @6u@px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: none; }
QComboBox QAbstractItemView { background: @base@; color: @text@; border: 1px solid @hairline@;
    padding: @1u@px; selection-background-color: @chosen@; selection-color: @text@; outline: none; }
QPlainTextEdit#message { border-radius: @5u@px; padding: @2u@px @3u@px; background: @card@;
    border: 1px solid transparent; }
QPlainTextEdit#message:focus { border: 1px solid @accent@; }
QLineEdit[kind="name"] { background: transparent; border: 2px solid transparent; font-weight: 600;
    padding: @half@px @2u@px; }
QLineEdit[kind="name"]:hover { background: @card@; }
QLineEdit[kind="name"]:focus { background: @base@; border: 2px solid @accent@; padding: @half@px @2u@px; }

QAbstractScrollArea#messages, QListView#conversations, QListView#hits { border: none; background: transparent; }
QScrollBar:vertical { background: transparent; width: @3u@px; margin: 0; }
QScrollBar::handle:vertical { background: @handle@; border-radius: @1u@px; min-height: @8u@px;
    margin: @half@px; }
QListView#invites, QListView#blocked { background: @base@; border: 1px solid @hairline@; border-radius: @2u@px; padding: @1u@px;
    outline: none; }
QListView#invites::item, QListView#blocked::item { color: @text@; padding: @2u@px; border-radius: @1u@px; }
QListView#invites::item:hover, QListView#blocked::item:hover { background: @hover@; }
QListView#invites::item:selected, QListView#blocked::item:selected { background: @chosen@; color: @text@; }
QTableView#connections { background: @base@; border: 1px solid @hairline@; border-radius: @2u@px;
    outline: none; selection-background-color: @chosen@; selection-color: @text@; }
QTableView#connections::item { color: @text@; padding: 0 @2u@px; border: none; }
QTableView#connections::item:selected { background: @chosen@; color: @text@; }
QTableView#connections QHeaderView { background: transparent; }
QTableView#connections QHeaderView::section { background: @base@; color: @secondText@; border: none;
    border-bottom: 1px solid @hairline@; padding: @2u@px; }
QScrollBar:horizontal { background: transparent; height: @3u@px; margin: 0; }
QScrollBar::handle:horizontal { background: @handle@; border-radius: @1u@px; min-width: @8u@px;
    margin: @half@px; }
QScrollBar::handle:vertical:hover, QScrollBar::handle:horizontal:hover { background: @handleHover@; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; width: 1px; }
QMenu { background: @base@; color: @text@; border: 1px solid @hairline@; padding: @1u@px; }
QMenu::item { padding: @2u@px @6u@px @2u@px @4u@px; border-radius: @1u@px; }
QMenu::item:selected { background: @buttonHover@; }
QMenu::item:disabled { color: @dim@; }
QMenu::separator { height: 1px; background: @hairline@; margin: @1u@px @2u@px; }
)";

void put(QString& text, const char* name, const QString& value) {
    text.replace(QLatin1Char('@') + QLatin1String(name) + QLatin1Char('@'), value);
}

void put(QString& text, const char* name, const QColor& colour) {
    put(text, name, colour.name());
}

/// A colour that lets the ground show through, as buttons stand on bars too.
void putVeil(QString& text, const char* name, const QColor& colour, qreal amount) {
    put(text, name,
        QStringLiteral("rgba(%1, %2, %3, %4%)")
            .arg(colour.red())
            .arg(colour.green())
            .arg(colour.blue())
            .arg(qRound(amount * 100)));
}

void putMeasures(QString& text, int unit, const QFont& font) {
    for (const int times : {1, 2, 3, 4, 5, 6, 8, 10})
        put(text, qPrintable(QString::number(times) + QLatin1Char('u')), QString::number(times * unit));
    put(text, "2um", QString::number(2 * unit - 1));
    put(text, "3um", QString::number(3 * unit - 1));
    put(text, "half", QString::number(unit / 2));
    put(text, "small", QString::number(smallPointSize(font), 'f', 1));
}

} // namespace

qreal smallPointSize(const QFont& font) {
    const qreal size = QFontInfo(font).pointSizeF();
    return std::min(size, std::max(9.0, size * 0.85));
}

QString styleSheetFor(const Colours& c, int unit, const QFont& font) {
    QString text = QString::fromLatin1(sheet);
    putMeasures(text, unit, font);
    put(text, "window", c.window);
    put(text, "base", c.base);
    put(text, "text", c.text);
    put(text, "secondText", c.secondText);
    put(text, "hairline", c.hairline);
    put(text, "accent", c.accent);
    put(text, "onAccent", c.onAccent);
    put(text, "accentHover", mixed(c.onAccent, 0.12, c.accent));
    put(text, "link", c.link);
    put(text, "danger", c.danger);
    put(text, "caution", c.caution);
    put(text, "hover", c.hover);
    put(text, "chosen", c.chosen);
    put(text, "dim", mixed(c.text, 0.42, c.base));
    put(text, "field", mixed(c.text, 0.30, c.base));
    put(text, "card", mixed(c.text, c.dark ? 0.07 : 0.045, c.base));
    putVeil(text, "button", c.text, c.dark ? 0.12 : 0.08);
    putVeil(text, "buttonHover", c.text, c.dark ? 0.18 : 0.13);
    putVeil(text, "buttonDown", c.text, c.dark ? 0.24 : 0.19);
    put(text, "barGround", mixed(c.accent, c.dark ? 0.16 : 0.09, c.base));
    put(text, "cautionGround", mixed(c.caution, c.dark ? 0.14 : 0.10, c.base));
    put(text, "dangerGround", mixed(c.danger, c.dark ? 0.14 : 0.08, c.base));
    put(text, "handle", mixed(c.text, 0.25, c.base));
    put(text, "handleHover", mixed(c.text, 0.40, c.base));
    return text;
}

} // namespace kith::gui
