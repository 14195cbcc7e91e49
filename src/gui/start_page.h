// What a person sees first: who they are, Host and Connect. GUI thread.
#pragma once

#include <QWidget>

#include <memory>

QT_BEGIN_NAMESPACE
class QMenu;
QT_END_NAMESPACE

namespace kith::model {
class Preferences;
}

namespace kith::gui {

namespace Ui {
class StartPage;
}

/// No wizard: a name that can be changed in place, and two large buttons. Owned by the main window; GUI
/// thread.
class StartPage final : public QWidget {
    Q_OBJECT

public:
    /// The preferences must outlive the page.
    explicit StartPage(model::Preferences& preferences, QWidget* parent = nullptr);
    ~StartPage() override;

    void setMenu(QMenu* menu);

Q_SIGNALS:
    void hostWanted();
    void connectWanted();
    void practiceWanted();

private:
    void takeName();
    void showName();

    model::Preferences& preferences_;
    std::unique_ptr<Ui::StartPage> ui_;
};

} // namespace kith::gui
