/* The classic exercise's server, as it is handed from course to course: it takes one client, and a process
 * for each direction. Kith has to talk to it as it is.
 *
 *   classic_server [PORT]      PORT 5188 where none is given
 *
 * Its only additions: the port as an argument, and, for PORT 0, the number the kernel chose, on standard
 * error.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void die(const char* what) {
    perror(what);
    exit(EXIT_FAILURE);
}

static void on_usr1(int signal_number) {
    (void)signal_number;
    _exit(EXIT_SUCCESS);
}

/* Sends what is typed, by lines of at most 1,023 bytes. */
static void type(int connection) {
    char line[1024];
    while (fgets(line, sizeof line, stdin) != NULL) {
        if (write(connection, line, strlen(line)) < 0)
            die("write");
    }
}

/* Prints what it reads, at most 1,024 bytes at a time. */
static void print(int connection) {
    char text[1024];
    for (;;) {
        const ssize_t count = read(connection, text, sizeof text);
        if (count < 0)
            die("read");
        if (count == 0)
            break;
        fwrite(text, 1, (size_t)count, stdout);
        fflush(stdout);
    }
}

int main(int argc, char* argv[]) {
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0)
        die("socket");
    struct sockaddr_in address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons((unsigned short)(argc > 1 ? atoi(argv[1]) : 5188));
    address.sin_addr.s_addr = htonl(INADDR_ANY);
    const int on = 1;
    if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0)
        die("setsockopt");
    if (bind(listener, (struct sockaddr*)&address, sizeof address) < 0)
        die("bind");
    if (listen(listener, SOMAXCONN) < 0)
        die("listen");
    if (address.sin_port == 0) {
        socklen_t length = sizeof address;
        if (getsockname(listener, (struct sockaddr*)&address, &length) < 0)
            die("getsockname");
        fprintf(stderr, "port %d\n", ntohs(address.sin_port));
    }

    const int connection = accept(listener, NULL, NULL);
    if (connection < 0)
        die("accept");
    const pid_t typist = fork();
    if (typist < 0)
        die("fork");
    if (typist == 0) {
        signal(SIGUSR1, on_usr1);
        type(connection);
        exit(EXIT_SUCCESS);
    }
    print(connection);
    printf("peer closed\n");
    fflush(stdout);
    kill(typist, SIGUSR1);
    wait(NULL);
    return EXIT_SUCCESS;
}
