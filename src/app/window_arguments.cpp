#include "app/window_arguments.h"

#include <QFile>

#include <algorithm>
#include <cstring>

namespace kith::app {

using namespace Qt::StringLiterals;

namespace {

bool isLink(const QString& word) {
    return word.startsWith(u"kith:", Qt::CaseInsensitive);
}

/// Goes through the words once. Lives for one call; any thread. A mistake ends it.
class Reader final {
public:
    explicit Reader(QStringList words)
        : words_(std::move(words)) {}

    WindowParsed read() {
        while (next_ < words_.size()) {
            const QString word = words_[next_++];
            if (word == u"--help" || word == u"-h")
                return WindowHelpAsked{};
            if (word == u"--version")
                return WindowVersionAsked{};
            if (!take(word))
                return WindowMistake{mistake_};
        }
        return arguments_;
    }

private:
    bool take(const QString& word) {
        if (word == u"--background") {
            arguments_.background = true;
            return true;
        }
        if (word == u"--host") {
            arguments_.host = true;
            return true;
        }
        if (word.startsWith(u"--host="))
            return takePort(word.mid(7));
        if (isOption(word, u"--profile"))
            return takeValue(word, arguments_.profile) && isGiven(word, arguments_.profile);
        if (isOption(word, u"--log"))
            return takeValue(word, arguments_.log) && isGiven(word, arguments_.log);
        if (isOption(word, u"--connect"))
            return takeValue(word, arguments_.address.emplace());
        if (isLink(word)) {
            arguments_.address = word;
            return true;
        }
        mistake_ = word.startsWith(u'-') ? u"there is no option "_s + word : u"this is not a link: "_s + word;
        return false;
    }

    static bool isOption(const QString& word, QStringView name) {
        return word == name ||
               (word.startsWith(name) && word.size() > name.size() && word[name.size()] == u'=');
    }

    bool takeValue(const QString& word, QString& value) {
        const qsizetype equals = word.indexOf(u'=');
        if (equals < 0 && next_ == words_.size())
            return isGiven(word, {});
        value = equals < 0 ? words_[next_++] : word.mid(equals + 1);
        return true;
    }

    bool isGiven(const QString& word, const QString& value) {
        if (!value.isEmpty())
            return true;
        mistake_ = word + u" needs a value"_s;
        return false;
    }

    bool takePort(const QString& text) {
        bool number = false;
        const uint port = text.toUInt(&number);
        if (!number || port == 0 || port > 65535) {
            mistake_ = u"a port is a number from 1 to 65535: "_s + text;
            return false;
        }
        arguments_.host = true;
        arguments_.port = static_cast<quint16>(port);
        return true;
    }

    QStringList words_;
    qsizetype next_ = 0;
    WindowArguments arguments_;
    QString mistake_;
};

} // namespace

QStringList WindowArguments::handOver() const {
    QStringList words{u"open"_s};
    if (host)
        words.append(port ? u"--host="_s + QString::number(*port) : u"--host"_s);
    if (address)
        words.append(isLink(*address) ? *address : u"--connect="_s + *address);
    if (background)
        words.append(u"--background"_s);
    return words;
}

WindowParsed parseWindowArguments(const QStringList& words) {
    return Reader(words).read();
}

QString windowHelp() {
    return u"kith: talk directly, computer to computer\n"
           "\n"
           "  kith [--profile DIR] [--host[=PORT]] [--connect ADDRESS] [--background] [--log FILE] [LINK]\n"
           "\n"
           "  --profile DIR      the folder that holds everything of one person\n"
           "  --host[=PORT]      host at once; on the port last used, if none is given\n"
           "  --connect ADDRESS  fill the Connect form; you press the button (\"\" leaves it empty)\n"
           "  --background       start without showing the window\n"
           "  --log FILE         append what happens to FILE: codes, process numbers and times; no names, "
           "keys or texts\n"
           "  LINK               a kith:// link, which fills the Connect form\n"
           "  --help, --version  need no display\n"
           "\n"
           "A second start with the same profile brings the first one to the front.\n"
           "kith-cli is the same in a terminal.\n"_s;
}

QStringList takeWords(int argc, char** argv) {
    QStringList words;
    for (int i = 1; i < argc; ++i) {
        words.append(QFile::decodeName(argv[i]));
        if (isLink(words.back()))
            std::fill_n(argv[i], std::strlen(argv[i]), 'x');
    }
    return words;
}

} // namespace kith::app
