#include "core/base32.h"
#include "core/hello.h"
#include "core/invite.h"
#include "core/kith_id.h"
#include "core/limits.h"
#include "core/text.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace kith::core;

namespace {

Invite annsInvite() {
    Invite invite;
    invite.addresses = {{"192.168.1.7", 5188}, {"2001:db8::7", 6000}, {"anna.example", 5188}};
    invite.key = *PublicKey::from(
        QByteArray::fromHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
    for (std::uint8_t i = 0; i < InviteId::size; ++i)
        invite.id.bytes[i] = i;
    for (std::uint8_t i = 0; i < InviteSecret::size; ++i)
        invite.secret.bytes[i] = i;
    invite.name = "\xC3\x84nne \xF0\x9F\x98\x80";
    return invite;
}

/// Her link, made by invite_link() of tests/support/kith1/texts.py.
constexpr std::string_view published =
    "kith://192.168.1.7:5188/25NJQAMCWEFLPVKL73J4SZAHHIHOC4XT3KTCGJNPAINGR5YHKENA46H75X"
    "?s=AAAQEAYEAUDAOAABAIBQIBIGA4EASCQLBQGQ4D7SXA&alt=[2001:db8::7]:6000&alt=anna.example:5188"
    "&n=%C3%84nne%20%F0%9F%98%80";

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

/// A link of these parts whose checksum is right, whatever else is wrong with it: "SECRET" stands for itself.
std::string sealed(std::string link) {
    std::string covered = link;
    const std::size_t at = link.find("SECRET");
    covered.erase(at, 6);
    std::transform(covered.begin(), covered.end(), covered.begin(), lower);
    std::string secret(InviteId::size + InviteSecret::size, 'x');
    covered += secret;
    secret += sha256(covered).view().substr(0, 2);
    return link.replace(at, 6, toBase32(secret));
}

std::string idOf(const PublicKey& key) {
    return toKithId(key);
}

std::string sealedWith(const std::string& addressAndSlash, const std::string& behindSecret) {
    return sealed("kith://" + addressAndSlash + idOf(annsInvite().key) + "?s=SECRET" + behindSecret);
}

} // namespace

Q_DECLARE_METATYPE(std::string)

/// A link says what its invite says, and nothing else is one.
class InviteTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writesAsPublished();
    void readsWhatItWrites();
    void readsWhatChangedCaseOnTheWay();
    void readsGroupedIdsAnyOrderAndBlanksAround();
    void passesOverWhatANewerKithAdds();
    void catchesEverySingleWrongCharacter();
    void catchesEveryCutOffEnd();
    void row33_refusesWhatIsNone_data();
    void row33_refusesWhatIsNone();
    void row24_refusesKeysThatNobodyCanHave_data();
    void row24_refusesKeysThatNobodyCanHave();
    void takesAsMuchAsFitsAndNoMore();
    void neverWritesWhatItRefuses();
    void leavesOutWhatMeansNothingElsewhere();
    void cutsANameBetweenCharacters();
    void isNothingWithoutAnAddressOrAKey();
    void isToldFromAnAddress();
};

void InviteTest::writesAsPublished() {
    QCOMPARE(toLink(annsInvite()), std::string(published));
}

void InviteTest::readsWhatItWrites() {
    const auto read = parseInvite(published);
    QVERIFY(read.ok());
    QVERIFY(*read == annsInvite());
}

void InviteTest::readsWhatChangedCaseOnTheWay() {
    QByteArray link(published.data(), qsizetype(published.size()));
    link.replace("kith://", "KITH://").replace("25NJQAMC", "25njqamc").replace("anna", "ANNA");
    const auto read = parseInvite(link.toStdString());
    QVERIFY(read.ok());
    QVERIFY(read->key == annsInvite().key);
    QVERIFY(read->secret == annsInvite().secret);
}

void InviteTest::readsGroupedIdsAnyOrderAndBlanksAround() {
    const std::string link =
        "\n  " + sealed("kith://anna:1/" + idOf(annsInvite().key) + "?n=Ann&alt=berta:2&s=SECRET") + " \r\n";
    const auto read = parseInvite(link);
    QVERIFY(read.ok());
    QVERIFY((read->addresses == std::vector<Endpoint>{{"anna", 1}, {"berta", 2}}));
    QCOMPARE(read->name, std::string("Ann"));
}

void InviteTest::passesOverWhatANewerKithAdds() {
    const auto read = parseInvite(sealedWith("anna:1/", "&q=x%20y&alternate=:&flag&&n="));
    QVERIFY(read.ok());
    QCOMPARE(read->addresses.size(), std::size_t(1));
    QCOMPARE(read->name, std::string());
}

// Two bytes let one fault in 65,536 pass, so among the some 18,000 of a link there may well be one; in this
// link there is none. A letter's case is no fault.
void InviteTest::catchesEverySingleWrongCharacter() {
    const std::string link(published);
    int passed = 0;
    for (std::size_t at = 0; at < link.size(); ++at) {
        for (char other = '!'; other <= '~'; ++other) {
            std::string wrong = link;
            wrong[at] = other;
            const bool sameLetter = lower(other) == lower(link[at]);
            passed += !sameLetter && parseInvite(wrong).ok() ? 1 : 0;
        }
    }
    QCOMPARE(passed, 0);
}

void InviteTest::catchesEveryCutOffEnd() {
    for (std::size_t size = 0; size < published.size(); ++size)
        QVERIFY(!parseInvite(published.substr(0, size)).ok());
}

void InviteTest::row33_refusesWhatIsNone_data() {
    QTest::addColumn<std::string>("link");
    QTest::addColumn<std::string>("why");
    const auto row = [](const char* name, const char* why, const std::string& link) {
        QTest::newRow(name) << link << std::string(why);
    };
    const std::string id = idOf(annsInvite().key);
    row("empty", "scheme", "");
    row("only the scheme", "parameters", "kith://");
    row("another scheme", "scheme", "http" + std::string(published.substr(4)));
    row("no secret", "parameters", "kith://anna:1/" + id + "?n=Ann");
    row("an empty secret", "secret", "kith://anna:1/" + id + "?s=&n=Ann");
    row("a wrong secret", "checksum",
        "kith://anna:1/" + id + "?s=AAAQEAYEAUDAOAABAIBQIBIGA4EASCQLBQGQ4D7SXA");
    row("a short secret", "secret", "kith://anna:1/" + id + "?s=AAAQEAYE");
    row("two secrets", "parameters", sealedWith("anna:1/", "&s="));
    row("two names", "parameters", sealedWith("anna:1/", "&n=Ann&n=Ann"));
    row("no address", "address", sealedWith("/", ""));
    row("no slash", "parameters", sealed("kith://" + id + "?s=SECRET"));
    row("no port", "address", sealedWith("anna/", ""));
    row("port 0", "address", sealedWith("anna:0/", ""));
    row("a zero before the port", "address", sealedWith("anna:05188/", ""));
    row("a user before the host", "address", sealedWith("ann@anna:1/", ""));
    row("a v6 address without brackets", "address", sealedWith("2001:db8::7/", ""));
    row("a scope", "address", sealedWith("[fe80::1%eth0]:1/", ""));
    row("a scope as RFC 6874 has it", "address", sealedWith("[fe80::1%25eth0]:1/", ""));
    row("inet_aton's address", "address", sealedWith("127.1:1/", ""));
    row("another address is none", "address", sealedWith("anna:1/", "&alt="));
    row("five addresses", "too many addresses", sealedWith("a:1/", "&alt=b:1&alt=c:1&alt=d:1&alt=e:1"));
    row("a path behind the id", "key", sealed("kith://anna:1/" + id + "/x?s=SECRET"));
    row("an id cut off", "key", sealed("kith://anna:1/" + id.substr(0, 60) + "?s=SECRET"));
    row("a fragment", "character", sealedWith("anna:1/", "#x"));
    row("a blank inside", "character", sealedWith("anna:1/", "&n=Ann B"));
    row("a newline inside", "character", sealedWith("anna:1/", "&x=\ny"));
    row("not ASCII", "character", sealedWith("anna:1/", "&n=\xC3\x84nne"));
    row("a host outside ASCII", "character",
        sealedWith("b\xC3\xBC"
                   "cher:1/",
                   ""));
    row("a NUL", "character", sealedWith("anna:1/", std::string("&n=A\0", 5)));
    row("an encoded NUL", "name", sealedWith("anna:1/", "&n=%00"));
    row("half an encoded byte", "name", sealedWith("anna:1/", "&n=%C"));
    row("no hexadecimal digits", "name", sealedWith("anna:1/", "&n=%GG"));
    row("a name that is not UTF-8", "name", sealedWith("anna:1/", "&n=%FF"));
    row("a name with half a surrogate pair", "name", sealedWith("anna:1/", "&n=%ED%A0%80"));
    row("a name over the bound", "name", sealedWith("a:1/", "&n=" + std::string(limits::nameBytes + 1, 'n')));
    row("two links", "character", std::string(published) + " " + std::string(published));
    row("a megabyte", "too long", std::string(published) + std::string(1024 * 1024, 'a'));
}

void InviteTest::row33_refusesWhatIsNone() {
    QFETCH(std::string, link);
    QFETCH(std::string, why);
    const auto read = parseInvite(link);
    QVERIFY(!read.ok());
    QCOMPARE(read.error().reason, Reason::InviteInvalid);
    QCOMPARE(read.error().detail, why);
}

void InviteTest::row24_refusesKeysThatNobodyCanHave_data() {
    QTest::addColumn<QByteArray>("key");
    QTest::newRow("zero") << QByteArray(64, '0');
    QTest::newRow("the neutral element") << "01" + QByteArray(62, '0');
    QTest::newRow("not canonical") << "f0" + QByteArray(60, 'f') + "7f";
}

// signing_test has all such keys.
void InviteTest::row24_refusesKeysThatNobodyCanHave() {
    QFETCH(QByteArray, key);
    const PublicKey unusable = *PublicKey::from(QByteArray::fromHex(key));
    const auto read = parseInvite(sealed("kith://anna:1/" + idOf(unusable) + "?s=SECRET"));
    QVERIFY(!read.ok());
    QCOMPARE(read.error().detail, std::string("key"));
}

void InviteTest::takesAsMuchAsFitsAndNoMore() {
    const std::string begin = sealedWith("anna:1/", "&x=");
    const std::string fits =
        sealedWith("anna:1/", "&x=" + std::string(limits::addressInput - begin.size(), 'x'));
    QCOMPARE(fits.size(), limits::addressInput);
    QVERIFY(parseInvite(fits).ok());
    QVERIFY(parseInvite("  " + fits + "  ").ok());
    const std::string over =
        sealedWith("anna:1/", "&x=" + std::string(limits::addressInput + 1 - begin.size(), 'x'));
    QVERIFY(!parseInvite(over).ok());
}

void InviteTest::neverWritesWhatItRefuses() {
    std::mt19937 random(5188); // NOLINT(cert-msc51-cpp): the same on every run
    const auto upTo = [&](unsigned most) { return static_cast<unsigned>(random() % (most + 1)); };
    const std::vector<std::string> hosts = {"192.168.1.7",
                                            "2001:db8:1234:5678:9abc:def0:1234:5678",
                                            "anna.example.org",
                                            std::string(63, 'a') + "." + std::string(63, 'b'),
                                            "::1",
                                            "x_y",
                                            "fe80::1%eth0",
                                            "b\xC3\xBC"
                                            "cher",
                                            "",
                                            "a b",
                                            "1.2"};
    int links = 0;
    for (int i = 0; i < 3000; ++i) {
        Invite invite = annsInvite();
        invite.id = InviteId::random();
        invite.secret = InviteSecret::random();
        invite.addresses.clear();
        for (unsigned addresses = upTo(6); addresses > 0; --addresses)
            invite.addresses.push_back({hosts[upTo(unsigned(hosts.size() - 1))], std::uint16_t(upTo(65535))});
        invite.name.clear();
        for (unsigned bytes = upTo(80); bytes > 0; --bytes)
            appendUtf8(invite.name, upTo(3) == 0 ? upTo(0x10FFFF) : 0x20 + upTo(0x60));
        if (upTo(3) == 0)
            invite.name.push_back('\xFF');

        const std::string link = toLink(invite);
        if (link.empty())
            continue;
        ++links;
        QVERIFY(link.size() <= limits::addressInput);
        const auto read = parseInvite(link);
        QVERIFY2(read.ok(), link.c_str());
        QVERIFY(read->key == invite.key && read->id == invite.id && read->secret == invite.secret);
        QCOMPARE(toLink(*read), link);
        QVERIFY(cleanName(invite.name).starts_with(read->name));
        for (const Endpoint& address : read->addresses)
            QVERIFY(std::find(invite.addresses.begin(), invite.addresses.end(), address) !=
                    invite.addresses.end());
    }
    QVERIFY(links > 1000);
}

void InviteTest::leavesOutWhatMeansNothingElsewhere() {
    Invite invite = annsInvite();
    invite.addresses = {{"fe80::1%eth0", 1},
                        {"b\xC3\xBC"
                         "cher",
                         1},
                        {"a", 1},
                        {"b", 1},
                        {"c", 1},
                        {"d", 1},
                        {"e", 1}};
    const auto read = parseInvite(toLink(invite));
    QVERIFY(read.ok());
    QVERIFY((read->addresses == std::vector<Endpoint>{{"a", 1}, {"b", 1}, {"c", 1}, {"d", 1}}));

    // Names of 253 characters: one fits, a second does not, and what comes behind it is left out as well.
    std::string longest;
    for (const char c : {'a', 'b', 'c'})
        longest += std::string(63, c) + ".";
    longest += std::string(61, 'd');
    QCOMPARE(longest.size(), limits::hostName);
    invite.addresses = {{longest, 65535}, {longest, 65535}, {"a", 1}};
    const auto one = parseInvite(toLink(invite));
    QVERIFY(one.ok());
    QVERIFY((one->addresses == std::vector<Endpoint>{{longest, 65535}}));
    QCOMPARE(one->name, annsInvite().name);
}

void InviteTest::cutsANameBetweenCharacters() {
    Invite invite = annsInvite();
    invite.name.clear();
    for (int i = 0; i < 64; ++i)
        invite.name += "\xE4\xB8\x96"; // 世: 9 bytes in a link
    const std::string link = toLink(invite);
    QVERIFY(link.size() > limits::addressInput - 9);
    const auto read = parseInvite(link);
    QVERIFY(read.ok());
    QCOMPARE(read->addresses.size(), invite.addresses.size());
    QVERIFY(read->name.size() % 3 == 0 && !read->name.empty());
    QVERIFY(invite.name.starts_with(read->name));
}

void InviteTest::isNothingWithoutAnAddressOrAKey() {
    Invite invite = annsInvite();
    invite.addresses.clear();
    QCOMPARE(toLink(invite), std::string());
    invite.addresses = {{"fe80::1%eth0", 1}};
    QCOMPARE(toLink(invite), std::string());
    invite = annsInvite();
    invite.key = {};
    QCOMPARE(toLink(invite), std::string());
}

void InviteTest::isToldFromAnAddress() {
    QVERIFY(looksLikeInvite("kith://"));
    QVERIFY(looksLikeInvite(" \n KITH://x"));
    for (const char* other :
         {"", "kith", "kith:5188", "kith:/", "http://kith://", "192.168.1.7", "x kith://"})
        QVERIFY2(!looksLikeInvite(other), other);
}

QTEST_GUILESS_MAIN(InviteTest)
#include "invite_test.moc"
