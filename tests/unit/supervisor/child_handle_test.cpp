// Row 44 of the threats: a signal for a child never reaches a process that was given its number later.
#include "supervisor/child_handle.h"

#include <QTest>

#include <csignal>
#include <string>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sched.h>
#endif

using namespace kith;
using supervisor::ChildHandle;

namespace {

/// A child that does nothing until a signal ends it. Qt Test's handler of SIGTERM is none of the child's, not
/// for a moment.
pid_t sleeper() {
    sigset_t all;
    sigset_t before;
    ::sigfillset(&all);
    ::sigprocmask(SIG_BLOCK, &all, &before);
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::signal(SIGTERM, SIG_DFL);
        ::sigprocmask(SIG_SETMASK, &before, nullptr);
        while (true)
            ::pause();
    }
    ::sigprocmask(SIG_SETMASK, &before, nullptr);
    return pid;
}

bool isThere(pid_t pid) {
    return ::waitpid(pid, nullptr, WNOHANG) == 0;
}

void end(pid_t pid) {
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
}

#ifdef __linux__
/// What the program in the namespace gives as its exit status.
enum Outcome : int { NobodyWasHit = 0, NoNamespace = 10, NotGivenAgain, SaidItSignalled, AnotherWasHit };

/// The next process of this namespace gets this number.
bool setNextPid(pid_t pid) {
    const int file = ::open("/proc/sys/kernel/ns_last_pid", O_WRONLY | O_CLOEXEC);
    const std::string last = std::to_string(pid - 1);
    const bool set = file >= 0 && ::write(file, last.data(), last.size()) == ssize_t(last.size());
    if (file >= 0)
        ::close(file);
    return set;
}

/// As the first process of a pid namespace: only async-signal-safe calls but for the std::string.
Outcome signalAfterReuse() {
    const pid_t child = sleeper();
    ChildHandle handle(child);
    end(child); // reaped behind the handle's back: nobody called clear()
    if (!setNextPid(child))
        return NoNamespace;
    const pid_t another = sleeper();
    if (another != child)
        return NotGivenAgain;
    if (handle.signal(SIGKILL))
        return SaidItSignalled;
    return isThere(another) ? NobodyWasHit : AnotherWasHit;
}

Outcome inAPidNamespace(Outcome (*work)()) {
    const pid_t outer = ::fork();
    if (outer == 0) {
        const int user = ::geteuid() == 0 ? 0 : CLONE_NEWUSER;
        if (::unshare(user | CLONE_NEWPID) != 0)
            ::_exit(NoNamespace);
        const pid_t first = ::fork();
        if (first == 0)
            ::_exit(work()); // ends every process of the namespace
        int status = 0;
        ::waitpid(first, &status, 0);
        ::_exit(WIFEXITED(status) ? WEXITSTATUS(status) : NoNamespace);
    }
    int status = 0;
    ::waitpid(outer, &status, 0);
    return WIFEXITED(status) ? Outcome(WEXITSTATUS(status)) : NoNamespace;
}
#endif

} // namespace

class ChildHandleTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup();

    void signalsItsChild();
    void row44_nothingIsSignalledAfterClear();
    void row44_aReapedChildIsNotSignalled();
    void row44_aPidThatWasGivenToAnotherIsNotSignalled();

private:
    pid_t child();

    QList<pid_t> children_;
};

void ChildHandleTest::cleanup() {
    for (const pid_t child : children_)
        end(child);
    children_.clear();
}

pid_t ChildHandleTest::child() {
    children_ << sleeper();
    return children_.back();
}

void ChildHandleTest::signalsItsChild() {
    const ChildHandle handle(child());
    QVERIFY(handle.signal(SIGTERM));
    int status = 0;
    QCOMPARE(::waitpid(children_.takeLast(), &status, 0), handle.pid());
    QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
}

void ChildHandleTest::row44_nothingIsSignalledAfterClear() {
    ChildHandle handle(child());
    handle.clear();
    QCOMPARE(handle.pid(), 0); // kill(0, …) would be this whole process group
    QVERIFY(!handle.signal(SIGKILL));
    QVERIFY(isThere(children_.back()));
    QVERIFY(!ChildHandle().signal(SIGKILL));
}

void ChildHandleTest::row44_aReapedChildIsNotSignalled() {
    const ChildHandle handle(child());
    end(children_.takeLast());
    QVERIFY(!handle.signal(SIGKILL));
}

void ChildHandleTest::row44_aPidThatWasGivenToAnotherIsNotSignalled() {
#ifdef __linux__
    const Outcome outcome = inAPidNamespace(signalAfterReuse);
    if (outcome == NoNamespace)
        QSKIP("no pid namespace, or no CONFIG_CHECKPOINT_RESTORE: a number cannot be given again at will");
    QCOMPARE(int(outcome), int(NobodyWasHit));
#else
    QSKIP("only Linux has pid namespaces; elsewhere clear() is what keeps the promise");
#endif
}

QTEST_GUILESS_MAIN(ChildHandleTest)
#include "child_handle_test.moc"
