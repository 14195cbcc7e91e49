/* The classic exercise's client, as it is handed from course to course: a process for each direction. Kith
 * has to talk to it as it is.
 *
 *   classic_client [PORT]      to 127.0.0.1; PORT 5188 where none is given, its only addition
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void die(const char* what) {
    perror(what);
    exit(EXIT_FAILURE);
}

static void on_usr1(int signal_number) {
    (void)signal_number;
    _exit(EXIT_SUCCESS);
}

int main(int argc, char* argv[]) {
    const int connection = socket(AF_INET, SOCK_STREAM, 0);
    if (connection < 0)
        die("socket");
    struct sockaddr_in address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons((unsigned short)(argc > 1 ? atoi(argv[1]) : 5188));
    address.sin_addr.s_addr = inet_addr("127.0.0.1");
    if (connect(connection, (struct sockaddr*)&address, sizeof address) < 0)
        die("connect");

    signal(SIGUSR1, on_usr1);
    const pid_t printer = fork();
    if (printer < 0)
        die("fork");
    if (printer == 0) {
        /* Prints what it reads, at most 1,024 bytes at a time; at the end it ends the typing half. */
        char text[1024];
        ssize_t count;
        while ((count = read(connection, text, sizeof text)) > 0) {
            fwrite(text, 1, (size_t)count, stdout);
            fflush(stdout);
        }
        if (count < 0)
            die("read");
        printf("server closed\n");
        fflush(stdout);
        kill(getppid(), SIGUSR1);
        exit(EXIT_SUCCESS);
    }
    /* Sends what is typed, by lines of at most 1,023 bytes. */
    char line[1024];
    while (fgets(line, sizeof line, stdin) != NULL) {
        if (write(connection, line, strlen(line)) < 0)
            die("write");
    }
    shutdown(connection, SHUT_RDWR);
    return EXIT_SUCCESS;
}
