// The header over the page that is shown. GUI thread.
#pragma once

#include "gui/state_mark.h"

#include <QWidget>

#include <memory>
#include <optional>

QT_BEGIN_NAMESPACE
class QMenu;
QT_END_NAMESPACE

namespace kith::gui {

namespace Ui {
class PageHeader;
}

/// Title, state in words, and what can be done with the conversation. Owned by the main window, which tells
/// it what to show; GUI thread.
class PageHeader final : public QWidget {
    Q_OBJECT

public:
    explicit PageHeader(QWidget* parent = nullptr);
    ~PageHeader() override;

    void setTitle(const QString& title);
    /// No state: the line is left out.
    void setState(std::optional<Mark> mark, const QString& words);
    void setBackShown(bool shown);
    /// `reached`: there is somebody to disconnect from; before that it cancels.
    void setDisconnectShown(bool shown, bool reached);
    void setFindShown(bool shown);
    /// For a contact that nobody has verified yet, and for one that is stopped.
    void setVerifyShown(bool shown);
    void setCompareShown(bool shown);
    /// Null hides the button.
    void setMenu(QMenu* menu);

Q_SIGNALS:
    void backWanted();
    void disconnectWanted();
    void findWanted();
    void verifyWanted();
    void compareWanted();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void placeButtons();

    std::unique_ptr<Ui::PageHeader> ui_;
    bool disconnectShown_ = false;
    bool verifyShown_ = false;
    bool compareShown_ = false;
};

} // namespace kith::gui
