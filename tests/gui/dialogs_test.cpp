#include "gui/passphrase_dialog.h"
#include "gui/settings_dialog.h"
#include "gui/you_dialog.h"
#include "support/somebody.h"

#include <QLayout>
#include <QTest>

#include <memory>
#include <vector>

using namespace kith;
using namespace Qt::StringLiterals;
using tests::Somebody;

/// What holds of every dialog.
class DialogsTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachIsAsTallAsWhatStandsInIt();
};

/// Pixels: a label's height is rounded up, and so is a button's.
constexpr int Slack = 4;

void DialogsTest::eachIsAsTallAsWhatStandsInIt() {
    Somebody ann(u"Ann"_s);
    std::vector<std::unique_ptr<QDialog>> dialogs;
    dialogs.push_back(std::make_unique<gui::SettingsDialog>(ann.messenger().preferences()));
    auto* const you = new gui::YouDialog(ann.messenger());
    dialogs.emplace_back(you);
    dialogs.push_back(
        std::make_unique<gui::PassphraseDialog>(gui::PassphraseDialog::Purpose::Choose, nullptr));
    for (const std::unique_ptr<QDialog>& dialog : dialogs) {
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        dialog->show();
        QVERIFY(QTest::qWaitForWindowExposed(dialog.get()));
        const int wanted = dialog->layout()->totalHeightForWidth(dialog->width());
        QVERIFY2(wanted > 0, qPrintable(dialog->objectName()));
        QVERIFY2(dialog->height() <= wanted + Slack,
                 qPrintable(u"%1: %2 of %3"_s.arg(dialog->objectName()).arg(dialog->height()).arg(wanted)));
    }
}

QTEST_MAIN(DialogsTest)
#include "dialogs_test.moc"
