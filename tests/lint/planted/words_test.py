"""Plants reasons without words and sentences without a translation."""

from tree import Planted, main

TS = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>Bar</name>
    <message>
        <source>Host on port %1</source>
        <translation>在端口 %1 上等候</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n 条消息</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::words</name>
    <message>
        <source>The other end closed.</source>
        <translation>对方已关闭。</translation>
    </message>
</context>
</TS>
"""
ENGLISH = "resources/translations/kith_en.ts"
CHINESE = "resources/translations/kith_zh_CN.ts"
SAY = """#include "core/reason.h"
QString say(core::Reason reason) {
    switch (reason) {
    case core::Reason::Closed:
        return QCoreApplication::translate("kith::words", "The other end closed.");
    case core::Reason::Internal:
        return {};
    }
}
"""
BAR = ('#include "gui/bar.h"\nvoid Bar::show(int n) {\n'
       '    go(tr("Host on port %1").arg(5188) + u"x"_s, tr("%n message(s)", nullptr, n));\n}\n')


class Words(Planted):
    LINT = "words"
    CLEAN = {
        "src/core/reason.h": "enum class Reason : std::uint8_t {\n    Closed, ///< the end\n    Internal = 7,\n};\n",
        "src/words/say.cpp": SAY,
        "src/gui/bar.h": "class Bar : public QWidget {\n    Q_OBJECT\n};\n",
        "src/gui/bar.cpp": BAR,
        CHINESE: TS,
    }

    def test_passes_what_has_words_in_both_languages(self):
        self.assert_clean()

    def test_finds_a_reason_without_words(self):
        self.assert_finds(["src/core/reason.h:1: src/words has no case for Reason::Vanished",
                           "src/core/reason.h:2: src/words has no case for Reason::Late"],
                          {"src/core/reason.h": "enum class Reason { Closed, Internal, Vanished,\nLate };\n"})

    def test_is_not_misled_by_a_reason_in_a_comment(self):
        self.assert_finds(["src/core/reason.h:3: src/words has no case for Reason::Internal"],
                          {"src/words/say.cpp": SAY.replace("    case core::Reason::Int",
                                                            "    // case core::Reason::Int")})

    def test_finds_a_sentence_without_translation(self):
        self.assert_finds([f'{CHINESE}:1: the translation is missing: "Stop" (Bar)'],
                          {"src/gui/bar.cpp": BAR + 'void Bar::stop() { go(tr("Stop")); }\n'})

    def test_finds_a_sentence_of_a_form_without_translation(self):
        form = ('<ui version="4.0"><class>Bar</class><widget class="QWidget" name="Bar">'
                '<property name="windowTitle"><string>Practice</string></property></widget></ui>\n')
        self.assert_finds([f'{CHINESE}:1: the translation is missing: "Practice" (Bar)'],
                          {"forms/bar.ui": form})

    def test_finds_a_translation_that_is_not_finished(self):
        self.assert_finds([f'{CHINESE}:6: a translation not finished: "Host on port %1"'],
                          {CHINESE: TS.replace("<translation>在", '<translation type="unfinished">在')})

    def test_finds_a_translation_that_is_empty(self):
        self.assert_finds([f'{CHINESE}:19: a translation empty: "The other end closed."'],
                          {CHINESE: TS.replace("对方已关闭。", " ")})

    def test_finds_a_translation_with_other_placeholders(self):
        self.assert_finds([f'{CHINESE}:6: a translation with other placeholders: "Host on port %1"'],
                          {CHINESE: TS.replace("端口 %1", "端口 %2")})
        self.assert_finds([f'{CHINESE}:10: a translation with other placeholders: "%n message(s)"'],
                          {CHINESE: TS.replace(">%n 条", ">条")})

    def test_finds_a_translation_marked_as_gone(self):
        self.assert_finds([f'{CHINESE}:6: a translation of a sentence that is gone: "Host on port %1"'],
                          {CHINESE: TS.replace("<translation>在", '<translation type="vanished">在')
                           , "src/gui/bar.cpp": BAR.replace('tr("Host on port %1")', "port")})

    def test_finds_a_translation_of_a_sentence_that_is_gone(self):
        self.assert_finds([f'{CHINESE}:1: a translation of a sentence that is gone: "Host on port %1" (Bar)'],
                          {"src/gui/bar.cpp": BAR.replace('tr("Host on port %1")', "port")})

    def test_finds_that_the_translation_is_missing(self):
        self.assert_finds([f"{CHINESE}:1: the Chinese translation is missing"], {CHINESE: None})

    def test_finds_a_translation_that_is_not_well_formed(self):
        self.assert_finds([f"{CHINESE}:2: not well-formed: no element found: line 2, column 0"],
                          {CHINESE: "<TS>\n"})

    def test_finds_a_plural_form_without_english(self):
        plural, end = TS.index("    <message numerus"), TS.index("<context>\n    <name>kith")
        english = TS[:TS.index("    <message>")] + TS[plural:end]
        english = english.replace("zh_CN", "en").replace("%n 条消息</numerusform>",
                                                         "a message</numerusform><numerusform>%n messages</numerusform>")
        self.assert_clean({ENGLISH: english + "</TS>\n"})
        more = BAR.replace("tr(\"%n", "tr(\"%n person(s)\", nullptr, n), tr(\"%n")
        chinese = TS.replace("    <message numerus",
                             '    <message numerus="yes"><source>%n person(s)</source><translation>'
                             "<numerusform>%n 人</numerusform></translation></message>\n    <message numerus")
        self.assert_finds([f'{ENGLISH}:1: the translation is missing: "%n person(s)" (Bar)'],
                          {"src/gui/bar.cpp": more, CHINESE: chinese})

    def test_finds_a_sentence_put_together(self):
        for text in ('"Host on " + name', 'u"x"_s % name', 'QString("a %1").arg(b)'):
            self.write({"src/gui/other.cpp": f"auto a = tr({text});\n"})
            self.assertIn("src/gui/other.cpp:1: a sentence put together inside tr(): translators see no whole",
                          self.run_lint().stdout.splitlines())

    def test_finds_a_class_that_lupdate_cannot_name(self):
        lines = self.complaint({"src/gui/bar.h": "class Bar : public QWidget {\n};\n"})
        self.assertIn("src/gui/bar.cpp:3: lupdate: Class 'Bar' lacks Q_OBJECT macro", lines)

    def complaint(self, planted):
        self.write(planted)
        result = self.run_lint()
        if result.returncode == 77:
            self.skipTest(result.stdout)
        self.assertEqual(result.returncode, 1)
        return result.stdout.splitlines()


if __name__ == "__main__":
    main()
