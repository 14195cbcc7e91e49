/* A clock that is set and a disk that fills while a program runs: LD_PRELOAD. KITH_FAULTS names a file of two
 * 64-bit numbers, written by the test at any time: seconds to add to the clock, and whether files below the
 * folder KITH_FAULTS_FOLDER find no room. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t* faults;
static char folder[4096];

__attribute__((constructor)) static void begin(void) {
    const char* name = getenv("KITH_FAULTS");
    const char* below = getenv("KITH_FAULTS_FOLDER");
    if (below)
        snprintf(folder, sizeof folder, "%s/", below);
    const int fd = name ? open(name, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0)
        return;
    void* mapped = mmap(NULL, 2 * sizeof(int64_t), PROT_READ, MAP_SHARED, fd, 0);
    if (mapped != MAP_FAILED)
        faults = mapped;
    close(fd);
}

static int64_t seconds(void) {
    return faults ? faults[0] : 0;
}

static int is_full(int fd) {
    if (!faults || !faults[1] || !folder[0])
        return 0;
    char link[64];
    char path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    return strncmp(path, folder, strlen(folder)) == 0;
}

#define NEXT(function) ((__typeof__(&function))dlsym(RTLD_NEXT, #function))

int clock_gettime(clockid_t clock, struct timespec* now) {
    const int done = NEXT(clock_gettime)(clock, now);
    if (done == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        now->tv_sec += seconds();
    return done;
}

int gettimeofday(struct timeval* now, void* zone) {
    struct timespec exact;
    (void)zone;
    if (!now || clock_gettime(CLOCK_REALTIME, &exact) != 0)
        return -1;
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return 0;
}

time_t time(time_t* out) {
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0)
        return -1;
    if (out)
        *out = now.tv_sec;
    return now.tv_sec;
}

ssize_t write(int fd, const void* bytes, size_t count) {
    if (is_full(fd)) {
        errno = ENOSPC;
        return -1;
    }
    return NEXT(write)(fd, bytes, count);
}

ssize_t pwrite(int fd, const void* bytes, size_t count, off_t at) {
    if (is_full(fd)) {
        errno = ENOSPC;
        return -1;
    }
    return NEXT(pwrite)(fd, bytes, count, at);
}

ssize_t pwrite64(int fd, const void* bytes, size_t count, off64_t at) {
    if (is_full(fd)) {
        errno = ENOSPC;
        return -1;
    }
    return NEXT(pwrite64)(fd, bytes, count, at);
}
