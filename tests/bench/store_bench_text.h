// Text for the store's figures: the same for the same seed, with words as often as in speech (Zipf), a part
// of it Chinese. Tests alone.
#pragma once

#include <QRandomGenerator>
#include <QString>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <vector>

namespace kith::bench {

/// Lines of 3 to 25 words out of 30,000, the n-th of them with a frequency of 1/n; every tenth line is
/// Chinese, of 4 to 30 out of 3,000 characters.
class TextSource final {
public:
    explicit TextSource(quint32 seed)
        : random_(seed) {
        double sum = 0;
        for (int n = 1; n <= words; ++n)
            cumulated_.push_back(sum += 1.0 / n);
    }

    QString next() {
        QString line;
        if (random_.bounded(10) == 0) {
            const int count = 4 + random_.bounded(27);
            for (int i = 0; i < count; ++i)
                line += QChar(0x4E00 + rank(characters));
            return line;
        }
        const int count = 3 + random_.bounded(23);
        for (int i = 0; i < count; ++i)
            line += (i == 0 ? QString() : QStringLiteral(" ")) + word(rank(words));
        return line;
    }

private:
    static constexpr int words = 30'000;
    static constexpr int characters = 3'000;

    int rank(int most) {
        const double wanted = random_.generateDouble() * cumulated_[std::size_t(most - 1)];
        const auto at = std::lower_bound(cumulated_.begin(), cumulated_.begin() + most, wanted);
        return int(at - cumulated_.begin());
    }

    // Syllables make the number: short for the frequent, and many with the same beginning.
    static QString word(int number) {
        static const char* const syllables[] = {"ba", "ka", "do", "re", "mi", "fa", "so",  "la",  "ti", "te",
                                                "no", "en", "al", "ur", "is", "om", "ash", "ing", "er", "th"};
        QString out;
        for (int n = number + 1; n > 0; n /= 20)
            out += QLatin1String(syllables[n % 20]);
        return out;
    }

    QRandomGenerator random_;
    std::vector<double> cumulated_;
};

/// Something to look for that stands in this line.
inline QString queryFrom(const QString& line, int number) {
    if (!line.contains(u' ')) {
        const int length = 1 + number % 3;
        return line.mid(std::min<qsizetype>(number % 5, line.size() - length), length);
    }
    const QStringList words = line.split(u' ');
    const QString& one = words[number % words.size()];
    switch (number % 4) {
    case 0:
        return one;
    case 1:
        return one.left(std::max<qsizetype>(1, one.size() - 1));
    case 2:
        return words[0] + u' ' + words[1];
    default:
        return words.back() + u' ' + one;
    }
}

} // namespace kith::bench
