// What stands where no conversation is chosen. GUI thread.
#pragma once

#include <QWidget>

#include <memory>

namespace kith::gui {

namespace Ui {
class EmptyPage;
}

/// One line that says what to do. Owned by the main window; GUI thread.
class EmptyPage final : public QWidget {
    Q_OBJECT

public:
    explicit EmptyPage(QWidget* parent = nullptr);
    ~EmptyPage() override;

private:
    std::unique_ptr<Ui::EmptyPage> ui_;
};

} // namespace kith::gui
