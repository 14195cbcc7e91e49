"""Plants words outside the folders they may stand in."""

from tree import Planted, main


class Places(Planted):
    LINT = "places"
    CLEAN = {
        "src/supervisor/worker.cpp": "#include <QProcess>\n#include <QLocalSocket>\n"
                                     "int pair[2]; int r = ::socketpair(AF_UNIX, SOCK_STREAM, 0, pair);\n",
        "src/worker/net/tcp.cpp": "int fd = ::socket(family, SOCK_STREAM, 0);\n",
        "src/worker/tls/tls.cpp": "#include <openssl/ssl.h>\nSSL_CTX* context = SSL_CTX_new(method);\n",
        "src/core/hash.cpp": "#include <openssl/evp.h>\n",
        "src/store/history.cpp": "#include <QSqlQuery>\n",
        "src/gui/window.cpp": '#include <QMainWindow>\nauto t = tr("Host");\n',
        "src/words/say.cpp": 'auto t = QCoreApplication::translate("Words", "Ended");\n',
        "src/app/kith.cpp": "#include <QApplication>\n",
        "src/model/peer.cpp": "// QProcess, tr(), socket(\n/* SSL_new QSqlQuery */\n"
                              'auto a = "QProcess socket( tr( SSL_";\nauto b = R"x(QLocalSocket " tr()x";\n'
                              "int socket() const;\nUniqueFd& socket(int);\nauto c = peer.socket() + p->socket();\n"
                              "int d = Peer::socket(2); MyQProcess e; QProcessEnvironment f; attr(1);\n",
    }

    def test_passes_each_word_in_its_place(self):
        self.assert_clean()

    def finds_in_model(self, code, what):
        self.assert_finds([f"src/model/peer.cpp:2: {what}"], {"src/model/peer.cpp": f"\n{code}\n"})

    def test_finds_a_process_outside_the_supervisor(self):
        self.finds_in_model("#include <QProcess>", "QProcess outside src/supervisor/")

    def test_finds_a_local_socket_outside_the_supervisor(self):
        self.finds_in_model("class QLocalSocket;", "QLocalSocket outside src/supervisor/")
        self.finds_in_model("QLocalServer server;", "QLocalServer outside src/supervisor/")

    def test_finds_a_socket_outside_net(self):
        for code in ("int f = socket(AF_INET, SOCK_STREAM, 0);", "int f = ::socket(AF_INET6, 1, 0);",
                     "return socket(a, b, c);", "if (x && ::socket(a, b, c))"):
            self.finds_in_model(code, "socket( outside src/worker/net")

    def test_finds_a_socket_elsewhere_in_the_worker(self):
        self.assert_finds(["src/worker/session.cpp:1: socket( outside src/worker/net"],
                          {"src/worker/session.cpp": "auto fd = UniqueFd(::socket(AF_INET, SOCK_STREAM, 0));\n"})

    def test_finds_a_socket_pair_outside_the_supervisor(self):
        self.finds_in_model("socketpair(AF_UNIX, SOCK_STREAM, 0, fds);", "socketpair( outside src/worker/net")
        self.assert_finds(["src/supervisor/a.cpp:1: socketpair( outside src/worker/net"],
                          {"src/supervisor/a.cpp": "int r = socketpair(AF_INET, SOCK_STREAM, 0, fds);\n",
                           "src/model/peer.cpp": ""})

    def test_finds_tls_outside_tls(self):
        self.finds_in_model("SSL_write(ssl, data, size);", "SSL_ outside src/worker/tls/")
        self.finds_in_model("#include <openssl/ssl.h>", "<openssl/ssl.h> outside src/worker/tls/")

    def test_finds_openssl_where_no_key_is(self):
        self.assert_finds(["src/gui/k.cpp:1: <openssl/evp.h> outside src/core/, src/model/, src/worker/tls/"],
                          {"src/gui/k.cpp": "#include <openssl/evp.h>\n"})

    def test_finds_a_sentence_outside_words_and_gui(self):
        for code in ('tr("Hello")', 'QObject::tr("Hello")', 'QCoreApplication::translate("a", "b")',
                     'QT_TRANSLATE_NOOP("a", "b")', 'QT_TR_NOOP("a")', 'qtTrId("a")'):
            self.finds_in_model(f"auto s = {code};", "tr() outside src/gui/, src/words/")

    def test_finds_a_widget_outside_gui(self):
        self.finds_in_model("#include <QWidget>", "<QWidget> outside src/gui/, src/app/")
        self.finds_in_model("#include <QtWidgets/QLabel>", "<QtWidgets/QLabel> outside src/gui/, src/app/")

    def test_finds_a_widget_in_the_main_of_the_terminal(self):
        self.assert_finds(["src/app/kith_cli.cpp:1: <QApplication> outside src/gui/, the main of kith"],
                          {"src/app/kith_cli.cpp": "#include <QApplication>\n"})

    def test_finds_sql_outside_the_store(self):
        self.finds_in_model("QSqlDatabase db;", "QSql outside src/store/")


if __name__ == "__main__":
    main()
