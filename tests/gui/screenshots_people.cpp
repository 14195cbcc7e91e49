#include "core/kith_id.h"
#include "gui/blocked_dialog.h"
#include "gui/compare_dialog.h"
#include "gui/connections_dialog.h"
#include "gui/invites_dialog.h"
#include "gui/passphrase_dialog.h"
#include "gui/rename_dialog.h"
#include "gui/verify_dialog.h"
#include "gui/you_dialog.h"
#include "photographer.h"
#include "store/bytes.h"
#include "two_people.h"

#include <QCheckBox>

namespace kith::test {

using namespace Qt::StringLiterals;
using core::ConversationState;

namespace {

void wait(const char* forWhat, const std::function<bool()>& done) {
    if (!QTest::qWaitFor(done, 10000))
        qFatal("%s", forWhat);
}

void awaitKeys(const QList<Person*>& people) {
    for (Person* person : people)
        wait("no key",
             [=] { return person->messenger().identity().state() == model::Identity::State::Ready; });
}

model::Conversation* dialSecurely(Person& person, quint16 port) {
    const auto result = person.messenger().connectTo(u"127.0.0.1:%1"_s.arg(port), false);
    if (!result)
        qFatal("not dialled");
    return result.value();
}

void takeDialog(const Photographer& photographer, QDialog* dialog, const QString& name) {
    dialog->show();
    QTest::qWait(400); // a number or a code is made meanwhile
    photographer.take(*dialog, name);
    dialog->close();
}

void takeStrangers(const Photographer& photographer, Person& ann, Person& ben, Person& carol) {
    gui::MainWindow window(ann.messenger());
    gui::MainWindow waiting(ben.messenger());
    model::Conversation* const there = dialSecurely(ben, ann.messenger().hosting()->port());
    wait("no request", [&] { return ann.messenger().requests().size() == 1; });
    waiting.showConversation(there);
    wait("no wait", [&] { return there->state() == ConversationState::Waiting; });
    photographer.take(waiting, u"21-waiting"_s);
    (void)dialSecurely(carol, ann.messenger().hosting()->port());
    wait("no request", [&] { return ann.messenger().requests().size() == 2; });
    photographer.take(window, u"20-strangers"_s);
    press(window, u"Accept"_s);
    for (model::Conversation* request : ann.messenger().requests())
        request->decline();
    wait("not open", [&] { return there->state() == ConversationState::Open; });
    model::Conversation* const here = window.shownConversation();
    wait("not open", [&] { return here->state() == ConversationState::Open; });
    (void)there->send(u"Hi Ann, see https://example.org/swifts for the article."_s);
    (void)here->send(u"Thank you!"_s);
    QTest::qWait(500);
    photographer.take(window, u"22-not-verified"_s);
    takeDialog(photographer, new gui::VerifyDialog(ann.messenger(), *here->key(), &window), u"23-verify"_s);
    takeDialog(photographer, new gui::RenameDialog(ann.messenger().people(), *here->key(), &window),
               u"24-rename"_s);
    ann.messenger().people().setCompared(*here->key(), true);
    QTest::qWait(50);
    photographer.take(window, u"25-verified"_s);
    ann.messenger().block(*here->key());
    wait("not ended", [&] { return here->state() == ConversationState::Ended; });
    QTest::qWait(200);
    photographer.take(window, u"26-blocked"_s);
    photographer.take(waiting, u"27-was-blocked"_s);
    (void)ann.messenger().people().block(core::PublicKey{});
    (void)ann.messenger().people().blockAddress(u"192.168.1.20"_s);
    takeDialog(photographer, new gui::BlockedDialog(ann.messenger().people(), &window),
               u"28-who-is-blocked"_s);
    (void)ann.messenger().people().unblock(core::PublicKey{});
    (void)ann.messenger().people().unblockAddress(u"192.168.1.20"_s);
    ann.messenger().people().unblock(*here->key());
}

/// Requests that came to nothing, one of somebody known who does not know us any more, and one in plain text.
void takeRequests(const Photographer& photographer, Person& ann, Person& ben) {
    gui::MainWindow window(ann.messenger());
    const quint16 port = ann.messenger().hosting()->port();
    for (const QString& name : {u"Carol"_s, u"Dan"_s}) {
        Person gone(name);
        awaitKeys({&gone});
        model::Conversation* const call = dialSecurely(gone, port);
        wait("no request", [&] { return call->state() == ConversationState::Waiting; });
        call->disconnectPeer();
        wait("not gone", [&] { return call->state() == ConversationState::Ended; });
        QTest::qWait(300);
    }
    photographer.take(window, u"29-missed-requests"_s);
    ben.messenger().people().remove(ann.messenger().identity().key());
    ben.preferences().setName(u"Benjamin"_s);
    QTest::qWait(200);
    (void)dialSecurely(ben, port);
    wait("no request", [&] { return ann.messenger().requests().constFirst()->asIfForTheFirstTime(); });
    QTest::qWait(200);
    photographer.take(window, u"29-as-if-for-the-first-time"_s);
    for (model::Conversation* request : ann.messenger().requests()) {
        if (request->state() == ConversationState::Asking)
            request->decline();
        else
            ann.messenger().dismiss(request);
    }
    ann.messenger().dismissFolded();
    ben.preferences().setName(u"Ben"_s);
    QTest::qWait(300);
}

void takeInvites(const Photographer& photographer, Person& ann, Person& ben) {
    gui::MainWindow window(ben.messenger());
    QString link;
    for (int i = 0; i < 3; ++i) {
        const auto made = ann.messenger().invites().make(
            ann.messenger().identity().key(), {{"192.168.1.7", 5188}, {"2001:db8::17", 5188}}, u"Ann Lee"_s,
            QDateTime::currentDateTimeUtc().addDays(7));
        wait("no invite", [&] { return made.isFinished(); });
        link = made.result().value();
    }
    window.openConnect(link);
    photographer.take(window, u"30-connect-invite"_s);
    (void)ann.messenger().invites().revoke(
        QString::fromLatin1(store::toByteArray(ann.messenger().invites().all().constFirst().id).toHex()));
    takeDialog(photographer, new gui::InvitesDialog(ann.messenger()), u"31-invites"_s);
    takeDialog(photographer, new gui::YouDialog(ann.messenger()), u"32-you"_s);
    takeDialog(photographer, new gui::PassphraseDialog(gui::PassphraseDialog::Purpose::Choose, nullptr),
               u"33-passphrase"_s);
}

void takeChangedKey(const Photographer& photographer, Person& ann) {
    quint16 port = 0;
    gui::MainWindow window(ann.messenger());
    {
        Person dan(u"Dan"_s);
        awaitKeys({&dan});
        dan.messenger().setAcceptPolicy(model::AcceptPolicy::All);
        port = dan.host();
        model::Conversation* const first = dialSecurely(ann, port);
        wait("not open", [&] { return first->state() == ConversationState::Open; });
        QTest::qWait(300);
        first->disconnectPeer();
        wait("not ended", [&] { return first->state() == ConversationState::Ended; });
        dan.messenger().shutDown();
        QTest::qWait(300);
    }
    Person other(u"Dan"_s);
    awaitKeys({&other});
    other.messenger().setAcceptPolicy(model::AcceptPolicy::All);
    other.messenger().hosting()->start(port);
    wait("not on", [&] { return other.messenger().hosting()->state() == core::HostingState::On; });
    model::Conversation* const again = dialSecurely(ann, port);
    window.showConversation(again);
    wait("not stopped", [&] { return again->person() != nullptr && again->person()->stopped(); });
    QTest::qWait(200);
    photographer.take(window, u"40-key-changed"_s);
    takeDialog(photographer, new gui::CompareDialog(ann.messenger(), *again, &window), u"41-compare"_s);
    (void)ann.messenger().people().resume(*again->key());
    (void)ann.messenger().people().setCompared(*again->key(), false);
    QTest::qWait(100);
    photographer.take(window, u"42-numbers-differ"_s);
    takeDialog(photographer, new gui::CompareDialog(ann.messenger(), *again, &window),
               u"43-compare-numbers-differ"_s);
}

} // namespace

void takeConnections(const Photographer& photographer) {
    Person ann(u"Ann Lee"_s);
    Person ben(u"Ben"_s);
    Person carol(u"Carol"_s);
    awaitKeys({&ann, &ben, &carol});
    gui::MainWindow window(ann.messenger());
    auto* const connections = new gui::ConnectionsDialog(ann.messenger(), &window);
    if (photographer.width() < connections->width())
        connections->resize(photographer.width(), 480);
    takeDialog(photographer, connections, u"50-no-connections"_s);
    const quint16 port = ann.host();
    model::Conversation* const there = dialSecurely(ben, port);
    wait("no request", [&] { return ann.messenger().requests().size() == 1; });
    window.resize(photographer.width(), 640);
    window.show();
    QTest::qWait(300);
    press(window, u"Accept"_s);
    wait("not open", [&] { return there->state() == ConversationState::Open; });
    model::Conversation* const here = window.shownConversation();
    wait("not open", [&] { return here->state() == ConversationState::Open; });
    (void)ann.messenger().people().setCompared(*here->key(), true);
    talk(here, there);
    (void)dialSecurely(carol, port);
    if (ben.dial(port) == nullptr)
        qFatal("not dialled");
    wait("no requests", [&] { return ann.messenger().requests().size() == 2; });
    ann.messenger().requests().constLast()->decline();
    wait("not declined", [&] { return ann.messenger().requests().size() == 1; });
    QTest::qWait(300);
    photographer.take(window, u"60-readme"_s);
    if (ben.dial(port) == nullptr)
        qFatal("not dialled");
    wait("no requests", [&] { return ann.messenger().requests().size() == 2; });
    auto* const full = new gui::ConnectionsDialog(ann.messenger(), &window);
    if (photographer.width() < full->width())
        full->resize(photographer.width(), 480);
    full->show();
    QTest::qWait(1500); // what is measured comes with the second look
    takeDialog(photographer, full, u"51-connections"_s);
}

void takePeople(const Photographer& photographer) {
    Person ann(u"Ann Lee"_s);
    Person ben(u"Ben"_s);
    Person carol(u"Carol"_s);
    awaitKeys({&ann, &ben, &carol});
    if (ann.host() == 0)
        qFatal("cannot host");
    takeStrangers(photographer, ann, ben, carol);
    takeRequests(photographer, ann, ben);
    takeInvites(photographer, ann, ben);
    takeChangedKey(photographer, ann);
}

} // namespace kith::test
