#include "model/look_alike.h"

#include <QVarLengthArray>

#include <memory>

#include <unicode/uspoof.h>

namespace kith::model {

namespace {

/// ICU's checker, made once: uspoof_getSkeleton() leaves it as it is, so that threads may share it. Null
/// where ICU has no data; a name's skeleton is then the name.
const USpoofChecker* checker() {
    static const std::unique_ptr<USpoofChecker, decltype(&uspoof_close)> made = [] {
        UErrorCode error = U_ZERO_ERROR;
        USpoofChecker* opened = uspoof_open(&error);
        return std::unique_ptr<USpoofChecker, decltype(&uspoof_close)>(U_SUCCESS(error) ? opened : nullptr,
                                                                       &uspoof_close);
    }();
    return made.get();
}

constexpr char32_t voiced = 0x3099;     // U+3099, combining katakana-hiragana voiced sound mark
constexpr char32_t semiVoiced = 0x309A; // U+309A, ... semi-voiced sound mark

/// A mark of no script of its own, above or below a letter: what accents and heaps of marks are made of. Not
/// the vowels of Indic scripts, which have theirs, nor the voicing of kana.
bool isAccent(char32_t c) {
    const bool voicing = c == voiced || c == semiVoiced;
    return QChar::category(c) == QChar::Mark_NonSpacing && QChar::script(c) == QChar::Script_Inherited &&
           !voicing;
}

QString withoutAccents(const QString& text) {
    QString plain;
    for (const char32_t c : text.normalized(QString::NormalizationForm_D).toStdU32String()) {
        if (!isAccent(c))
            plain += QString::fromUcs4(&c, 1);
    }
    return plain;
}

QString confused(const QString& text) {
    if (!checker())
        return text;
    QVarLengthArray<char16_t, 256> out(256);
    UErrorCode error = U_ZERO_ERROR;
    const auto make = [&] {
        error = U_ZERO_ERROR;
        return uspoof_getSkeleton(checker(), 0, reinterpret_cast<const UChar*>(text.utf16()),
                                  int32_t(text.size()), out.data(), int32_t(out.size()), &error);
    };
    int32_t size = make();
    if (error == U_BUFFER_OVERFLOW_ERROR) {
        out.resize(size);
        size = make();
    }
    return U_SUCCESS(error) ? QString(reinterpret_cast<const QChar*>(out.data()), size) : text;
}

} // namespace

QStringList skeletons(const QString& name) {
    const QString plain = withoutAccents(name);
    // Shapes first and then case, and the other way round. A letter that is confused with one that has an
    // accent brings the accent with it ("ø" is an "o" with a stroke).
    QStringList made = {withoutAccents(confused(plain)).toCaseFolded(),
                        withoutAccents(confused(plain.toCaseFolded())).toCaseFolded()};
    made.removeAll(QString());
    made.removeDuplicates();
    return made;
}

bool lookAlike(const QString& one, const QString& other) {
    const QStringList others = skeletons(other);
    for (const QString& skeleton : skeletons(one)) {
        if (others.contains(skeleton))
            return true;
    }
    return false;
}

} // namespace kith::model
