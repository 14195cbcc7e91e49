// Runs a program on a computer that cannot confine: a filter around it turns seccomp(2), or Landlock, away,
// as an old kernel or a container would.
//
//   refuse_seccomp seccomp|landlock PROGRAM ARGUMENTS...
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { landlockCreateRuleset = 444 };

int main(int argc, char** argv) {
    if (argc < 3)
        return 2;
    const int landlock = strcmp(argv[1], "landlock") == 0;
    const unsigned number = landlock ? (unsigned)landlockCreateRuleset : (unsigned)SYS_seccomp;
    const unsigned error = landlock ? ENOSYS : EPERM;
    struct sock_filter steps[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog filter = {sizeof steps / sizeof steps[0], steps};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0) {
        perror("refuse_seccomp");
        return 1;
    }
    execvp(argv[2], argv + 2);
    perror(argv[2]);
    return 1;
}
