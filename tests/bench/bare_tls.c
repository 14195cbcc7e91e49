/* The control of an idle session's memory: TLS 1.3 over one connection of this computer, and nothing else.
   Without an argument it takes one connection on a port that it prints, with one it dials that port. When TLS
   stands it prints a line, and holds the connection until its standard input ends. */
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void require(int holds, const char* what) {
    if (!holds) {
        perror(what);
        exit(1);
    }
}

static int take_connection(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    const int listening = socket(AF_INET, SOCK_STREAM, 0);
    require(bind(listening, (struct sockaddr*)&address, size) == 0 && listen(listening, 1) == 0, "listen");
    require(getsockname(listening, (struct sockaddr*)&address, &size) == 0, "getsockname");
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    return accept(listening, NULL, NULL);
}

static int dial(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_port = htons((unsigned short)port);
    require(connect(fd, (struct sockaddr*)&address, sizeof address) == 0, "connect");
    return fd;
}

static void use_certificate(SSL_CTX* context) {
    EVP_PKEY* key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    X509* certificate = X509_new();
    require(key && certificate, "certificate");
    X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    require(X509_set_pubkey(certificate, key) && X509_sign(certificate, key, NULL) &&
                SSL_CTX_use_certificate(context, certificate) == 1 &&
                SSL_CTX_use_PrivateKey(context, key) == 1,
            "certificate");
    X509_free(certificate);
    EVP_PKEY_free(key);
}

int main(int count, char** words) {
    const int server = count < 2;
    const int fd = server ? take_connection() : dial(atoi(words[1]));
    SSL_CTX* context = SSL_CTX_new(server ? TLS_server_method() : TLS_client_method());
    char byte = 'x';
    SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
    if (server)
        use_certificate(context);
    SSL* tls = SSL_new(context);
    require(SSL_set_fd(tls, fd) == 1 && (server ? SSL_accept(tls) : SSL_connect(tls)) == 1, "TLS");
    require(server ? SSL_write(tls, &byte, 1) == 1 : SSL_read(tls, &byte, 1) == 1, "a byte");
    puts("stands");
    fflush(stdout);
    while (read(0, &byte, 1) > 0) {
    }
    return 0;
}
