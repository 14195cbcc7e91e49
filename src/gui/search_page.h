// Finding what was said. GUI thread.
#pragma once

#include "model/conversation.h"
#include "model/history.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <memory>

namespace kith::model {
class Messenger;
} // namespace kith::model

namespace kith::gui {

class SearchHits;

namespace Ui {
class SearchPage;
}

/// Words, where to look and when; the hits below, newest first, as one types. It keeps what was asked until
/// it is opened the next time. Owned by the main window; GUI thread. Where the history cannot be searched it
/// says why.
class SearchPage final : public QWidget {
    Q_OBJECT

public:
    /// The messenger must outlive the page.
    explicit SearchPage(model::Messenger& messenger, QWidget* parent = nullptr);
    ~SearchPage() override;

    /// `here`: the conversation that is shown, or null; with `onlyHere` it alone is searched.
    void begin(model::Conversation* here, bool onlyHere);
    [[nodiscard]] SearchHits* hits() const { return hits_; }

Q_SIGNALS:
    void hitChosen(const kith::store::Conversation& conversation, qint64 message);
    /// Escape.
    void closed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void askSoon();
    void ask();
    void choose(const QModelIndex& index);
    void showDays();
    void tell();
    void tellFailure(const core::Error& why);
    [[nodiscard]] bool onlyHere() const;
    [[nodiscard]] bool asksForNothing(const store::SearchRequest& request) const;
    [[nodiscard]] store::SearchRequest request() const;
    [[nodiscard]] QString titleOf(const store::Conversation& stored) const;

    model::Messenger& messenger_;
    std::unique_ptr<Ui::SearchPage> ui_;
    SearchHits* hits_;
    QPointer<model::Conversation> here_;
    QTimer delay_;
};

} // namespace kith::gui
