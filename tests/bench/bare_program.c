/* The control of bench_worker_start: what QProcess costs with a program that does nothing but say that it
 * runs. */
#include <unistd.h>

int main(void) {
    return write(STDOUT_FILENO, "x", 1) == 1 ? 0 : 1;
}
