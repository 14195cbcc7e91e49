#include "store/fold.h"

#include <QTest>

using namespace kith::store;
using namespace Qt::StringLiterals;

/// Text as search sees it.
class FoldTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void foldsWords_data();
    void foldsWords();
    void doesNotChange();
    void takesAnyText();
    void queriesBecomePhrases_data();
    void queriesBecomePhrases();
    void findsWhereThePhrasesStand();
    void cutsLongWordsAlikeInTextAndQuery();
    void boundsWhatIsLookedFor();
};

void FoldTest::foldsWords_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("empty") << u""_s << u""_s;
    QTest::newRow("case") << u"Hello, WORLD!"_s << u"hello world"_s;
    QTest::newRow("apostrophe") << u"don't"_s << u"don t"_s;
    QTest::newRow("accents composed") << u"Crème brûlée"_s << u"creme brulee"_s;
    QTest::newRow("accents decomposed") << u"Cre\u0300me bru\u0302le\u0301e"_s << u"creme brulee"_s;
    QTest::newRow("sharp s") << u"Straße"_s << u"strasse"_s;
    QTest::newRow("final sigma") << u"ΟΔΟΣ οδός"_s << u"οδοσ οδοσ"_s;
    QTest::newRow("Vietnamese") << u"Tiếng Việt"_s << u"tieng viet"_s;
    QTest::newRow("Russian") << u"Ёжик й"_s << u"ежик и"_s;
    QTest::newRow("full width") << u"ＡＢＣ１２３"_s << u"abc123"_s;
    QTest::newRow("ligature") << u"ﬁsh"_s << u"fish"_s;
    QTest::newRow("Chinese") << u"你好，世界"_s << u"你 好 世 界"_s;
    QTest::newRow("beyond the first plane") << u"𠮷野家"_s << u"𠮷 野 家"_s;
    QTest::newRow("Japanese") << u"東京タワーへ行く"_s << u"東 京 タ ワ ー へ 行 く"_s;
    QTest::newRow("half-width kana") << u"ﾀﾞｲ"_s << u"ダ イ"_s;
    QTest::newRow("voiced kana is its own") << u"か\u3099 が か"_s << u"が が か"_s;
    QTest::newRow("Korean") << u"안녕하세요"_s << u"안 녕 하 세 요"_s;
    QTest::newRow("Korean in jamo") << u"안녕"_s.normalized(QString::NormalizationForm_D) << u"안 녕"_s;
    QTest::newRow("mixed") << u"Qt6で編程abc"_s << u"qt6 で 編 程 abc"_s;
    QTest::newRow("Thai") << u"ไทย"_s << u"ไ ท ย"_s;
    QTest::newRow("Hindi keeps its vowels") << u"कि का"_s << u"कि का"_s;
    QTest::newRow("Arabic without vowels") << u"مُحَمَّد"_s << u"محمد"_s;
    QTest::newRow("Hebrew without points") << u"שָׁלוֹם"_s << u"שלום"_s;
    QTest::newRow("soft hyphen") << u"co\u00ADoperate"_s << u"cooperate"_s;
    QTest::newRow("emoji") << u"gut👍🏽ok❤️"_s << u"gut 👍 ok ❤"_s;
    QTest::newRow("address") << u"see https://example.org/a_b?c=1"_s << u"see https example org a b c 1"_s;
    QTest::newRow("numbers") << u"3.14 ½ ①"_s << u"3 14 1 2 1"_s;
}

void FoldTest::foldsWords() {
    QFETCH(const QString, text);
    QFETCH(const QString, words);
    QCOMPARE(indexText(text), words);
}

// What is in an index must be made again to be erased: a change here needs a new schema version.
void FoldTest::doesNotChange() {
    const QString all = u"Ångström Ǆ İ ŉ ẞ ﬃ ㎏ ㈱ Ⅷ ² ª Ω µ ﷺ ｶﾞ 각 བོད ကမ္ဘာ 𝔘𝔫𝔦 🇩🇪 a͠b x̌y"_s;
    QCOMPARE(indexText(all), u"angstrom dz i ʼn ss ffi kg 株 viii 2 a ω μ صلى الله عليه وسلم ガ 각 བོད က မ္ ဘာ "
                             "uni 🇩 🇪 ab xy"_s);
}

void FoldTest::takesAnyText() {
    QString text;
    for (char16_t c = 0; c < 0xFFFF; ++c)
        text += QChar(c);
    for (const Word& word : wordsOf(text)) {
        QVERIFY(!word.folded.isEmpty());
        QVERIFY(!word.folded.contains(u'"') && !word.folded.contains(u' '));
        QVERIFY(word.range.from >= 0 && word.range.length > 0);
        QVERIFY(word.range.from + word.range.length <= text.size());
    }
}

void FoldTest::queriesBecomePhrases_data() {
    QTest::addColumn<QString>("input");
    QTest::addColumn<QString>("expression");
    QTest::newRow("a word is a beginning") << u"Hel"_s << u"\"hel\" *"_s;
    QTest::newRow("only the last is") << u"good mor"_s << u"\"good\" AND \"mor\" *"_s;
    QTest::newRow("joined words stand together") << u"don't"_s << u"\"don t\" *"_s;
    QTest::newRow("Chinese is a phrase") << u"世界"_s << u"\"世 界\""_s;
    QTest::newRow("two Chinese words") << u"你好 世界"_s << u"\"你 好\" AND \"世 界\""_s;
    QTest::newRow("mixed") << u"用Qt"_s << u"\"用 qt\" *"_s;
    QTest::newRow("syntax is text") << u"a\" OR words : (b* NEAR"_s
                                    << u"\"a\" AND \"or\" AND \"words\" AND \"b\" AND \"near\" *"_s;
    QTest::newRow("nothing") << u" !? "_s << u""_s;
}

void FoldTest::queriesBecomePhrases() {
    QFETCH(const QString, input);
    QFETCH(const QString, expression);
    QCOMPARE(SearchTerms::of(input).expression(), expression);
}

void FoldTest::findsWhereThePhrasesStand() {
    const QString text = u"Hello世界, hello Ｗörld and 世 界"_s;
    const auto at = [&](QStringView input) {
        QStringList found;
        for (const TextRange& range : SearchTerms::of(input).matchesIn(text))
            found << text.mid(range.from, range.length);
        return found;
    };
    QCOMPARE(at(u"世界"), QStringList({u"世界"_s, u"世 界"_s}));
    QCOMPARE(at(u"hel"), QStringList({u"Hello"_s, u"hello"_s}));
    QCOMPARE(at(u"world"), QStringList({u"Ｗörld"_s}));
    QCOMPARE(at(u"hello世"), QStringList({u"Hello世"_s}));
    QCOMPARE(at(u"nothing"), QStringList());
}

void FoldTest::cutsLongWordsAlikeInTextAndQuery() {
    const QString longWord = QString(70000, u'x');
    QCOMPARE(indexText(longWord).size(), 64);
    QCOMPARE(SearchTerms::of(longWord.left(200)).matchesIn(longWord).size(), 1);
    QCOMPARE(SearchTerms::of(longWord.left(200)).matchesIn(longWord).front(), (TextRange{0, 70000}));
}

void FoldTest::boundsWhatIsLookedFor() {
    const SearchTerms terms = SearchTerms::of(u"ab "_s.repeated(100'000));
    QCOMPARE(terms.phrases.size(), 32);
}

QTEST_GUILESS_MAIN(FoldTest)
#include "fold_test.moc"
