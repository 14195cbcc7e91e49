#include "store_fixture.h"

using namespace kith;
using namespace kith::store;
using namespace kith::tests;
using namespace Qt::StringLiterals;

/// Search over everything: words of every script, and days.
class SearchTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void findsWordsOfEveryScript_data();
    void findsWordsOfEveryScript();
    void saysWhereTheWordsStand();
    void aHitOpensAmongItsNeighbours();
    void findsByDay();
    void findsByDayAlone();
    void findsInOneConversation();
    void goesOnFromTheLastHit();
    void oldestFirstWhereAsked();
    void findsNothingForNothing();
    void anyInputIsAQuestion();
    void clearedEntriesAreNotFound();

private:
    QStringList found(SearchRequest request) {
        QStringList texts;
        for (const SearchHit& hit : valueOf(store_->search(request)).hits)
            texts << hit.entry.text;
        return texts;
    }
    QStringList found(const QString& words) {
        SearchRequest request;
        request.words = words;
        request.oldestFirst = true;
        return found(request);
    }

    std::unique_ptr<QTemporaryDir> directory_;
    std::unique_ptr<Store> store_;
    ConversationId conversation_;
};

void SearchTest::init() {
    directory_ = std::make_unique<QTemporaryDir>();
    store_ = std::make_unique<Store>(StorePlace{directory_->path(), {}});
    valueOf(store_->open());
    conversation_ = valueOf(store_->addPlainConversation(u"a:1"_s, noon));
}

void SearchTest::cleanup() {
    store_.reset();
    directory_.reset();
}

void SearchTest::findsWordsOfEveryScript_data() {
    QTest::addColumn<QString>("words");
    QTest::addColumn<QStringList>("texts");
    const auto row = [](const char* name, const QString& words, const QStringList& texts) {
        QTest::newRow(name) << words << texts;
    };
    row("one Chinese character", u"猫"_s, {u"我的猫很可爱"_s, u"猫"_s});
    row("two Chinese characters", u"世界"_s, {u"你好，世界！"_s, u"Qt6编程的世界"_s});
    row("three Chinese characters", u"图书馆"_s, {u"我们明天去图书馆吧"_s});
    row("not the characters apart", u"界世"_s, {});
    row("not the characters in another order", u"馆书"_s, {});
    row("two Chinese words", u"你好 世界"_s, {u"你好，世界！"_s});
    row("Japanese, kanji", u"東京"_s, {u"東京タワーに行きたい"_s});
    row("Japanese, kana", u"タワー"_s, {u"東京タワーに行きたい"_s});
    row("Japanese, half-width", u"ﾀﾜｰ"_s, {u"東京タワーに行きたい"_s});
    row("Korean, one syllable", u"녕"_s, {u"안녕하세요, 반갑습니다"_s});
    row("Korean, the beginning of a word", u"안녕"_s, {u"안녕하세요, 반갑습니다"_s});
    row("Korean, typed in jamo", u"반갑"_s.normalized(QString::NormalizationForm_D),
        {u"안녕하세요, 반갑습니다"_s});
    row("mixed", u"Qt6编程"_s, {u"Qt6编程的世界"_s});
    row("mixed, the Latin part", u"qt6"_s, {u"Qt6编程的世界"_s});
    row("accents left out", u"creme brulee"_s, {u"Zwei Crème brûlée, bitte"_s});
    row("accents written", u"brûlée"_s, {u"Zwei Crème brûlée, bitte"_s});
    row("accents decomposed", u"bru\u0302le\u0301e"_s, {u"Zwei Crème brûlée, bitte"_s});
    row("case", u"CRÈME"_s, {u"Zwei Crème brûlée, bitte"_s});
    row("beginning of the last word", u"zwei cr"_s, {u"Zwei Crème brûlée, bitte"_s});
    row("not the beginning of another", u"zw crème"_s, {});
    row("not the middle of a word", u"rème"_s, {});
    row("Russian", u"ежик"_s, {u"Ёжик в тумане"_s});
    row("Greek", u"οδοσ"_s, {u"Η οδός"_s});
    row("Arabic", u"محمد"_s, {u"مُحَمَّد"_s});
    row("Thai", u"ไทย"_s, {u"ภาษาไทยสนุก"_s});
    row("emoji", u"👍"_s, {u"gut 👍🏽"_s});
    row("apostrophe", u"don't"_s, {u"I don't know"_s});
    row("a conversation's number is no word", u"c1"_s, {});
    row("a column's name is no syntax", u"place:c1"_s, {});
}

void SearchTest::findsWordsOfEveryScript() {
    for (const QString& text :
         {u"我的猫很可爱"_s, u"你好，世界！"_s, u"我们明天去图书馆吧"_s, u"东京和图书"_s, u"猫"_s,
          u"Qt6编程的世界"_s, u"東京タワーに行きたい"_s, u"안녕하세요, 반갑습니다"_s,
          u"Zwei Crème brûlée, bitte"_s, u"Ёжик в тумане"_s, u"Η οδός"_s, u"مُحَمَّد"_s, u"ภาษาไทยสนุก"_s,
          u"gut 👍🏽"_s, u"I don't know"_s, u"don and t apart"_s})
        valueOf(store_->append(theirs(conversation_, text)));
    QFETCH(const QString, words);
    QFETCH(const QStringList, texts);
    QCOMPARE(found(words), texts);
}

void SearchTest::saysWhereTheWordsStand() {
    valueOf(store_->append(theirs(conversation_, u"Crème, more CREME; and 世界"_s)));
    const SearchResult result = valueOf(store_->search({.words = u"世界 creme"_s}));
    QCOMPARE(result.hits.size(), 1);
    const SearchHit& hit = result.hits.front();
    QStringList matched;
    for (const TextRange& range : hit.matches)
        matched << hit.entry.text.mid(range.from, range.length);
    QCOMPARE(matched, QStringList({u"Crème"_s, u"CREME"_s, u"世界"_s}));
}

void SearchTest::aHitOpensAmongItsNeighbours() {
    for (int i = 0; i < 50; ++i)
        valueOf(store_->append(ours(conversation_, i == 20 ? u"needle"_s : u"hay %1"_s.arg(i), i)));
    const Entry hit = valueOf(store_->search({.words = u"needle"_s})).hits.front().entry;
    const Page page = valueOf(store_->page({hit.conversation, PageRequest::Anchor::Row, hit.row, 2, 3}));
    QCOMPARE(textsOf(page.entries),
             QStringList({u"hay 18"_s, u"hay 19"_s, u"needle"_s, u"hay 21"_s, u"hay 22"_s}));
}

void SearchTest::findsByDay() {
    constexpr qint64 day = 86'400'000;
    for (int i = 0; i < 400; i += 10) {
        NewEntry entry = theirs(conversation_, u"day %1"_s.arg(i));
        entry.arrivedAt = noon + i * day;
        valueOf(store_->append(entry));
    }
    SearchRequest request{.words = u"day"_s};
    request.oldestFirst = true;
    request.from = noon + 100 * day;
    request.until = noon + 120 * day;
    QCOMPARE(found(request), QStringList({u"day 100"_s, u"day 110"_s}));
    request.until = noon + 120 * day + 1;
    QCOMPARE(found(request), QStringList({u"day 100"_s, u"day 110"_s, u"day 120"_s}));
    request.until = noon + 300 * day; // by months
    QCOMPARE(found(request).size(), 20);
    request.until = std::nullopt;
    QCOMPARE(found(request).size(), 30);
    request.from = std::nullopt;
    request.until = noon;
    QCOMPARE(found(request).size(), 0);
}

void SearchTest::findsByDayAlone() {
    constexpr qint64 day = 86'400'000;
    for (int i = 0; i < 5; ++i) {
        NewEntry entry = theirs(conversation_, QString::number(i));
        entry.arrivedAt = noon + i * day;
        valueOf(store_->append(entry));
    }
    SearchRequest request;
    request.from = noon + day;
    request.until = noon + 3 * day;
    QCOMPARE(found(request), QStringList({u"2"_s, u"1"_s}));
}

void SearchTest::findsInOneConversation() {
    const auto other = valueOf(store_->addPlainConversation(u"b:1"_s, noon));
    valueOf(store_->append(theirs(conversation_, u"hello here"_s)));
    valueOf(store_->append(theirs(other, u"hello there"_s)));
    SearchRequest request{.words = u"hello"_s};
    QCOMPARE(found(request).size(), 2);
    request.conversation = other;
    QCOMPARE(found(request), QStringList(u"hello there"_s));
}

void SearchTest::goesOnFromTheLastHit() {
    for (int i = 0; i < 25; ++i)
        valueOf(store_->append(theirs(conversation_, u"word %1"_s.arg(i), i)));
    for (const bool oldestFirst : {false, true}) {
        SearchRequest request{.words = u"word"_s};
        request.oldestFirst = oldestFirst;
        request.limit = 10;
        QStringList all;
        bool more = true;
        while (more) {
            const SearchResult result = valueOf(store_->search(request));
            for (const SearchHit& hit : result.hits)
                all << hit.entry.text;
            request.after = result.hits.back().entry.row;
            more = result.more;
        }
        QCOMPARE(all.size(), 25);
        QCOMPARE(all.front(), oldestFirst ? u"word 0"_s : u"word 24"_s);
        QCOMPARE(all.back(), oldestFirst ? u"word 24"_s : u"word 0"_s);
    }
}

void SearchTest::oldestFirstWhereAsked() {
    valueOf(store_->append(theirs(conversation_, u"word, the first"_s)));
    valueOf(store_->append(theirs(conversation_, u"word, the second"_s)));
    QCOMPARE(valueOf(store_->search({.words = u"word"_s})).hits.front().entry.text, u"word, the second"_s);
    QCOMPARE(found(u"word"_s).front(), u"word, the first"_s);
}

void SearchTest::findsNothingForNothing() {
    valueOf(store_->append(theirs(conversation_, u"anything"_s)));
    QCOMPARE(found(u""_s), QStringList());
    QCOMPARE(found(u" ?! "_s), QStringList());
}

void SearchTest::anyInputIsAQuestion() {
    valueOf(store_->append(theirs(conversation_, u"a b c OR AND NOT NEAR words place"_s)));
    for (const QString& words :
         {u"\""_s, u"\"\""_s, u"a\" OR \"b"_s, u"words:a"_s, u"{words place}: a"_s, u"^a"_s, u"a*"_s,
          u"a + b"_s, u"NEAR(a b, 2)"_s, u"NOT"_s, u"(((("_s, u"-a"_s, u"a AND"_s, QString(QChar(0)),
          QString(QChar(0xD800)), QString(100'000, u'('), u"x "_s.repeated(5000)})
        QVERIFY(await(store_->search({.words = words}))->ok());
}

void SearchTest::clearedEntriesAreNotFound() {
    valueOf(store_->append(theirs(conversation_, u"secret one"_s)));
    valueOf(store_->clearHistory(conversation_));
    valueOf(store_->append(theirs(conversation_, u"secret two"_s)));
    QCOMPARE(found(u"secret"_s), QStringList(u"secret two"_s));
}

QTEST_GUILESS_MAIN(SearchTest)
#include "search_test.moc"
