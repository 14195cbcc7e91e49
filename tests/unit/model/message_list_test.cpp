#include "core/limits.h"
#include "model/message_list.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <cstring>

using namespace kith::model;
using kith::core::MessageState;
namespace limits = kith::core::limits;

namespace {

kith::store::EntryId entry(qint64 id) {
    kith::store::EntryId entry;
    std::memcpy(entry.bytes.data(), &id, sizeof id);
    return entry;
}

Message message(qint64 id, const QString& text) {
    return {id, true, text, QDateTime::currentDateTime(), MessageState::Waiting, entry(id)};
}

} // namespace

/// Nothing that a peer sends makes the list grow beyond its bounds.
class MessageListTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsTheNewestMessages();
    void keepsAtMostSoMuchText();
    void oneMessageAlwaysStays();
    void stateChangesTouchOneRow();
    void aMessageThatLeftCannotChange();
    void behavesAsAModel();
};

void MessageListTest::keepsTheNewestMessages() {
    MessageList list(nullptr);
    const auto count = static_cast<qint64>(limits::messagesInMemory) + 500;
    for (qint64 id = 1; id <= count; ++id)
        list.append(message(id, QString::number(id)), true);
    QCOMPARE(list.rowCount(), static_cast<int>(limits::messagesInMemory));
    QCOMPARE(list.at(0).id, 501);
    QCOMPARE(list.last()->id, count);
}

void MessageListTest::keepsAtMostSoMuchText() {
    MessageList list(nullptr);
    const QString longest(64 * 1024, QLatin1Char('x'));
    for (qint64 id = 1; id <= 1000; ++id)
        list.append(message(id, longest), true);
    qsizetype characters = 0;
    for (int row = 0; row < list.rowCount(); ++row)
        characters += list.at(row).text.size();
    QVERIFY(static_cast<std::size_t>(characters) * sizeof(QChar) <= limits::messageBytesInMemory);
    QVERIFY(static_cast<std::size_t>(characters) * sizeof(QChar) > limits::messageBytesInMemory / 2);
    QCOMPARE(list.last()->id, 1000);
}

void MessageListTest::oneMessageAlwaysStays() {
    MessageList list(nullptr);
    list.append(message(1, QString(static_cast<qsizetype>(limits::messageBytesInMemory), QLatin1Char('x'))),
                true);
    QCOMPARE(list.rowCount(), 1);
}

void MessageListTest::stateChangesTouchOneRow() {
    MessageList list(nullptr);
    for (qint64 id = 10; id <= 50; id += 10)
        list.append(message(id, QStringLiteral("text")), true);
    QSignalSpy spy(&list, &MessageList::dataChanged);
    QVERIFY(list.setState(entry(30), MessageState::Sent));
    QCOMPARE(spy.size(), 1);
    QCOMPARE(spy.at(0).at(0).toModelIndex().row(), 2);
    QCOMPARE(list.data(list.index(2), MessageList::StateRole).toInt(), static_cast<int>(MessageState::Sent));
    QVERIFY(list.setState(entry(30), MessageState::Sent));
    QCOMPARE(spy.size(), 1);
}

void MessageListTest::aMessageThatLeftCannotChange() {
    MessageList list(nullptr);
    QVERIFY(!list.setState(entry(1), MessageState::Sent));
    list.append(message(5, QStringLiteral("text")), true);
    QVERIFY(!list.setState(entry(4), MessageState::Sent));
    QVERIFY(!list.setState(entry(6), MessageState::Sent));
}

void MessageListTest::behavesAsAModel() {
    MessageList list(nullptr);
    const QAbstractItemModelTester tester(&list, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (qint64 id = 1; id <= static_cast<qint64>(limits::messagesInMemory) + 10; ++id)
        list.append(message(id, QStringLiteral("text")), true);
    QVERIFY(!list.data(list.index(0), Qt::DecorationRole).isValid());
    QVERIFY(!list.data({}, Qt::DisplayRole).isValid());
}

QTEST_GUILESS_MAIN(MessageListTest)
#include "message_list_test.moc"
