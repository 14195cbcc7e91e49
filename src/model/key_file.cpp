#include "model/key_file.h"

#include "core/limits.h"
#include "core/unique_fd.h"
#include "store/output_file.h"

#include <QDateTime>
#include <QFile>

#include <cerrno>
#include <cstdio>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace kith::model {

namespace limits = core::limits;
using core::Error;
using core::Reason;
using core::Result;
using core::SigningKey;
using core::UniqueFd;

namespace {

// Without waiting where somebody has put a pipe there.
constexpr int readFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK;

Error unusable(int number, const char* what) {
    return {Reason::IdentityUnusable, number, what};
}

/// A secret text that is wiped when it goes.
class Wiped final {
public:
    explicit Wiped(std::string text)
        : text_(std::move(text)) {}
    ~Wiped() { core::wipe(text_); }
    Wiped(const Wiped&) = delete;
    Wiped& operator=(const Wiped&) = delete;

    [[nodiscard]] std::string& text() { return text_; }

private:
    std::string text_;
};

/// Reads a key from what is open; `otherwise` is the reason where the disk fails.
Result<SigningKey> readKey(const UniqueFd& file, std::string_view passphrase, Reason otherwise) {
    Wiped pem(std::string(limits::keyFile + 1, '\0')); // at its length at once: no copy is left behind
    std::size_t size = 0;
    while (size < pem.text().size()) {
        const ssize_t got = ::read(file.get(), pem.text().data() + size, pem.text().size() - size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return Error{otherwise, errno, "read"};
        if (got == 0)
            break;
        size += static_cast<std::size_t>(got);
    }
    return SigningKey::fromPem(std::string_view(pem.text()).substr(0, size), passphrase);
}

core::Status writeKey(store::OutputFile& file, const SigningKey& key, std::string_view passphrase) {
    Result<std::string> written = key.toPem(passphrase);
    if (!written)
        return written.error();
    Wiped pem(std::move(*written));
    return file.write(QByteArrayView(pem.text().data(), static_cast<qsizetype>(pem.text().size())));
}

/// The profile's own. `unusable` with ENOENT where there is none.
Result<SigningKey> readOwnKey(const QString& file) {
    const UniqueFd fd(::open(QFile::encodeName(file).constData(), readFlags | O_NOFOLLOW));
    if (!fd)
        return unusable(errno, "open"); // ELOOP: a symbolic link
    struct stat status {};
    if (::fstat(fd.get(), &status) != 0)
        return unusable(errno, "stat");
    if (!S_ISREG(status.st_mode))
        return unusable(EINVAL, "it is not a file");
    if (status.st_uid != ::geteuid())
        return unusable(EPERM, "it belongs to another user");
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return unusable(EPERM, "others may read it");
    Result<SigningKey> key = readKey(fd, {}, Reason::IdentityUnusable);
    if (!key && key.error().reason == Reason::PassphraseWrong)
        return Error{Reason::KeyFileInvalid, 0, "it is under a passphrase"};
    return key;
}

Result<SigningKey> makeOwnKey(const QString& file) {
    Result<SigningKey> key = SigningKey::generate();
    if (!key)
        return key;
    Result<store::OutputFile> out = store::OutputFile::create(file, false);
    if (!out)
        return unusable(out.error().number, "create");
    if (core::Status done = writeKey(*out, *key, {}); !done)
        return unusable(done.error().number, "write");
    if (core::Status done = out->finish(); !done)
        return unusable(done.error().number, "finish");
    return key;
}

bool isSameFile(const QString& one, const QString& other) {
    struct stat first {};
    struct stat second {};
    return ::stat(QFile::encodeName(one).constData(), &first) == 0 &&
           ::stat(QFile::encodeName(other).constData(), &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

/// A second name for what is there, or where that cannot be (a folder; a file system without links), another
/// one. Nothing where there was nothing.
class PutAside final {
public:
    explicit PutAside(const QString& file)
        : name_(QFile::encodeName(file)) {
        const QString stamp = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmsszzz"_s);
        failed_ = EEXIST;
        for (int n = 0; n < asideNames && failed_ == EEXIST; ++n) {
            const QString another = n == 0 ? QString() : u'-' + QString::number(n);
            aside_ = QFile::encodeName(file + u".replaced-"_s + stamp + another);
            failed_ = tryName();
        }
    }
    [[nodiscard]] int failed() const { return failed_; }
    void takeBack() {
        if (linked_)
            (void)::unlink(aside_.constData());
        else if (renamed_)
            (void)::rename(aside_.constData(), name_.constData());
    }

private:
    static constexpr int asideNames = 10; // in one millisecond

    /// 0 or errno.
    int tryName() {
        struct stat status {};
        if (::lstat(aside_.constData(), &status) == 0)
            return EEXIST;
        if (::lstat(name_.constData(), &status) != 0)
            return errno == ENOENT ? 0 : errno;
        linked_ = ::linkat(AT_FDCWD, name_.constData(), AT_FDCWD, aside_.constData(), 0) == 0;
        renamed_ = !linked_ && ::rename(name_.constData(), aside_.constData()) == 0;
        return linked_ || renamed_ ? 0 : errno;
    }

    QByteArray name_;
    QByteArray aside_;
    int failed_ = 0;
    bool linked_ = false;
    bool renamed_ = false;
};

} // namespace

Result<SigningKey> readOrMakeKey(const QString& file) {
    Result<SigningKey> key = readOwnKey(file);
    if (!key && key.error().number == ENOENT)
        return makeOwnKey(file);
    return key;
}

core::Status replaceKey(const QString& file, const SigningKey& key) {
    if (const Result<SigningKey> present = readOwnKey(file);
        present && present->publicKey() == key.publicKey())
        return core::Done{};
    Result<store::OutputFile> out = store::OutputFile::create(file, true);
    if (!out)
        return out.error();
    if (core::Status done = writeKey(*out, key, {}); !done)
        return done;
    PutAside aside(file);
    if (aside.failed() != 0)
        return store::fileError("what is there cannot be put aside", aside.failed());
    core::Status done = out->finish();
    if (!done)
        aside.takeBack();
    return done;
}

core::Status exportKey(const QString& file, const QString& own, const SigningKey& key,
                       std::string_view passphrase, bool replace) {
    if (isSameFile(file, own))
        return Error{Reason::FileFailed, EBUSY, "it is the profile's own key"};
    Result<store::OutputFile> out = store::OutputFile::create(file, replace);
    if (!out)
        return out.error();
    if (core::Status done = writeKey(*out, key, passphrase); !done)
        return done;
    return out->finish();
}

Result<SigningKey> readExportedKey(const QString& file, std::string_view passphrase) {
    const UniqueFd fd(::open(QFile::encodeName(file).constData(), readFlags));
    struct stat status {};
    if (!fd || ::fstat(fd.get(), &status) != 0)
        return Error{Reason::FileFailed, errno, "open"};
    if (!S_ISREG(status.st_mode))
        return Error{Reason::KeyFileInvalid, 0, "it is not a file"};
    return readKey(fd, passphrase, Reason::FileFailed);
}

} // namespace kith::model
