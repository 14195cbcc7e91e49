#include "model/profile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <cerrno>
#include <csignal>

#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace kith::model;
using namespace kith::core;
using namespace Qt::StringLiterals;

namespace {

mode_t modeOf(const QString& path) {
    struct stat status {};
    return ::lstat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 0777U : 0;
}

/// A process of its own that opens the profile and holds it until it is killed. 0 where it could not.
pid_t holdElsewhere(const QString& folder) {
    std::array<int, 2> ready{};
    if (::pipe(ready.data()) != 0)
        return 0;
    const pid_t child = ::fork();
    if (child == 0) {
        const auto held = Profile::open(folder);
        const char told = held.ok() ? 'y' : 'n';
        static_cast<void>(::write(ready[1], &told, 1));
        while (true)
            ::pause();
    }
    char told = 'n';
    const bool heard = ::read(ready[0], &told, 1) == 1;
    ::close(ready[0]);
    ::close(ready[1]);
    return heard && told == 'y' ? child : 0;
}

} // namespace

/// A profile is one person's and one program's (threats rows 34 and 35).
class ProfileTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void makesItsFoldersForTheOwnerAlone();
    void row35_aSecondOpenIsRefusedWhileTheFirstHolds();
    void row35_theLockOfAnotherProcessIsSeenAndFallsWithIt();
    void row34_aSymbolicLinkIsNoProfileNorADanglingOne();
    void row34_aSymbolicLinkInPlaceOfRunOrLockIsRefused_data();
    void row34_aSymbolicLinkInPlaceOfRunOrLockIsRefused();
    void row35_aFolderThatOthersMayEnterIsRefused_data();
    void row35_aFolderThatOthersMayEnterIsRefused();
    void row35_aFolderOfAnotherUserIsRefused();
    void row34_aFileInItsPlaceIsRefused();
    void theNamesOfTheFolders();

private:
    std::unique_ptr<QTemporaryDir> base_;
    QString folder_;
};

void ProfileTest::init() {
    base_ = std::make_unique<QTemporaryDir>();
    folder_ = base_->filePath(u"a/b/profile"_s);
}

void ProfileTest::makesItsFoldersForTheOwnerAlone() {
    const mode_t old = ::umask(0);
    const auto profile = Profile::open(QString(folder_ + u"/"_s));
    ::umask(old);
    QVERIFY(profile.ok());
    QCOMPARE(profile->folder(), folder_);
    QCOMPARE(modeOf(base_->filePath(u"a"_s)), mode_t(0700));
    QCOMPARE(modeOf(folder_), mode_t(0700));
    QCOMPARE(modeOf(folder_ + u"/run"_s), mode_t(0700));
    QCOMPARE(modeOf(folder_ + u"/run/lock"_s), mode_t(0600));
}

void ProfileTest::row35_aSecondOpenIsRefusedWhileTheFirstHolds() {
    {
        const auto first = Profile::open(folder_);
        QVERIFY(first.ok());
        const auto second = Profile::open(folder_);
        QVERIFY(!second.ok());
        QCOMPARE(code(second.error().reason), code(Reason::ProfileInUse));
    }
    QVERIFY(Profile::open(folder_).ok());
}

void ProfileTest::row35_theLockOfAnotherProcessIsSeenAndFallsWithIt() {
    const pid_t holder = holdElsewhere(folder_);
    QVERIFY(holder > 0);
    const auto refused = Profile::open(folder_);
    QVERIFY(!refused.ok());
    QCOMPARE(code(refused.error().reason), code(Reason::ProfileInUse));
    ::kill(holder, SIGKILL);
    ::waitpid(holder, nullptr, 0);
    QVERIFY(Profile::open(folder_).ok()); // a crash leaves no stale lock
}

void ProfileTest::row34_aSymbolicLinkIsNoProfileNorADanglingOne() {
    const QString target = base_->filePath(u"target"_s);
    QVERIFY(Profile::open(target).ok());
    const QString link = base_->filePath(u"link"_s);
    QVERIFY(QFile::link(target, link));
    for (const QString& path : {link, QString(link + u"/"_s)}) {
        const auto refused = Profile::open(path);
        QVERIFY(!refused.ok());
        QCOMPARE(code(refused.error().reason), code(Reason::ProfileUnusable));
    }
    const QString dangling = base_->filePath(u"dangling"_s);
    QVERIFY(QFile::link(base_->filePath(u"nowhere"_s), dangling));
    QVERIFY(!Profile::open(dangling).ok());
    QVERIFY(!QFile::exists(base_->filePath(u"nowhere"_s)));
}

void ProfileTest::row34_aSymbolicLinkInPlaceOfRunOrLockIsRefused_data() {
    QTest::addColumn<QString>("name");
    QTest::newRow("run") << u"/run"_s;
    QTest::newRow("lock") << u"/run/lock"_s;
}

void ProfileTest::row34_aSymbolicLinkInPlaceOfRunOrLockIsRefused() {
    QFETCH(QString, name);
    QVERIFY(Profile::open(folder_).ok());
    const QString elsewhere = base_->filePath(u"elsewhere"_s);
    QVERIFY(QFile::rename(folder_ + name, elsewhere));
    QVERIFY(QFile::link(elsewhere, folder_ + name));
    const auto refused = Profile::open(folder_);
    QVERIFY(!refused.ok());
    QCOMPARE(code(refused.error().reason), code(Reason::ProfileUnusable));
}

void ProfileTest::row35_aFolderThatOthersMayEnterIsRefused_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<unsigned>("mode");
    QTest::newRow("group") << QString() << 0750U;
    QTest::newRow("others") << QString() << 0701U;
    QTest::newRow("run") << u"/run"_s << 0755U;
}

void ProfileTest::row35_aFolderThatOthersMayEnterIsRefused() {
    QFETCH(QString, name);
    QFETCH(unsigned, mode);
    QVERIFY(Profile::open(folder_).ok());
    QCOMPARE(::chmod(QFile::encodeName(folder_ + name).constData(), static_cast<mode_t>(mode)), 0);
    const auto refused = Profile::open(folder_);
    QVERIFY(!refused.ok());
    QCOMPARE(code(refused.error().reason), code(Reason::ProfileUnusable));
    QCOMPARE(refused.error().number, EPERM);
}

void ProfileTest::row35_aFolderOfAnotherUserIsRefused() {
    if (::geteuid() != 0)
        QSKIP("only root can give a folder away");
    QVERIFY(Profile::open(folder_).ok());
    QCOMPARE(::chown(QFile::encodeName(folder_).constData(), 65534, 65534), 0);
    const auto refused = Profile::open(folder_);
    QVERIFY(!refused.ok());
    QCOMPARE(code(refused.error().reason), code(Reason::ProfileUnusable));
}

void ProfileTest::row34_aFileInItsPlaceIsRefused() {
    const QString path = base_->filePath(u"file"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    const auto refused = Profile::open(path);
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().number, ENOTDIR);
    QVERIFY(!Profile::open(path + u"/below"_s).ok());
}

void ProfileTest::theNamesOfTheFolders() {
#ifndef __APPLE__
    qputenv("XDG_DATA_HOME", "/somewhere/data");
    QCOMPARE(Profile::defaultFolder(), u"/somewhere/data/kith"_s);
    QCOMPARE(Profile::namedFolder(u"practice"_s), u"/somewhere/data/kith-practice"_s);
#endif
    QCOMPARE(Profile::controlSocket(u"/p/"_s), u"/p/run/control"_s);
}

QTEST_GUILESS_MAIN(ProfileTest)
#include "profile_test.moc"
