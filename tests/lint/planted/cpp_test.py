"""What the lints' reader of C++ makes of hard cases; and that no lint is without its tests."""

import re
import sys
import tempfile
import unittest
from pathlib import Path

from tree import LINTS, main

sys.path.insert(0, str(LINTS))
import cpp  # noqa: E402


class Reader(unittest.TestCase):
    def source(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.cpp"
            path.write_text(text, encoding="utf-8")
            return cpp.Source(Path(folder), path)

    def functions(self, text):
        return [(each.name, each.first, each.last) for each in cpp.outline(self.source(text))[0]]

    def classes(self, text):
        return [(each.kind, each.name, each.bases) for each in cpp.outline(self.source(text))[1]]

    def test_blanks_comments_and_literals_and_keeps_places(self):
        text = 'a "b\\"c" d // e\n/* f\n g */ h \'"\' i R"x(j)" k)x" l 1\'000 m u8"n" // o \\\n p\nq'
        blanked = cpp.bare(text)
        self.assertEqual((len(blanked), blanked.count("\n")), (len(text), text.count("\n")))
        self.assertEqual(re.findall(r"\w+", blanked.replace("u8", "").replace("1'000", "")),
                         ["a", "d", "h", "i", "R", "l", "m", "q"])

    def test_finds_includes_but_not_in_comments_and_literals(self):
        text = '#include "a/b.h"\n  #  include <c>\n// #include "d"\nauto e = R"(\n#include "f"\n)";\n#include "g" // h\n'
        self.assertEqual([tuple(each) for each in self.source(text).includes()],
                         [(1, "a/b.h", True), (2, "c", False), (7, "g", True)])

    def test_finds_functions_of_all_kinds(self):
        text = """namespace a::b {
namespace {
template <typename T, typename = std::enable_if_t<(sizeof(T) > 1)>>
auto first(T t, std::function<void()> f = [] { go(); }) -> int {
    if (t) { return 1; }
    return 2;
}
} // namespace
struct [[nodiscard]] S final : public B<int>, private C {
    S(int x)
        : a_{x}, b_(x), c_{{1, 2}} {
    }
    explicit S() : a_(1) {}
    S& operator=(S&& o) noexcept { return *this; }
    bool operator==(const S&) const = default;
    int operator()(int x) const & { return x; }
    ~S() noexcept(true) { }
    int a_ = 0, b_{1};
    std::array<int, 2> c_ = {1, 2};
};
extern "C" void c_function(int) {
}
enum class E { One, Two };
const auto lambda = [](int x) {
    return x;
};
int table[] = {1, 2};
}
"""
        self.assertEqual(self.functions(text), [
            ("first", 3, 7), ("S", 10, 12), ("S", 13, 13), ("operator=", 14, 14), ("operator()", 16, 16),
            ("~S", 17, 17), ("c_function", 21, 22), ("a lambda", 24, 26)])
        self.assertEqual(self.classes(text), [("struct", "S", ("B", "C"))])

    def test_is_not_misled_by_branches_of_the_preprocessor(self):
        text = """#ifdef A
void a() {
#else
void a(int) {
#endif
    go();
}
#define BRACE {
#if B
void b() {
}
#else
void c() {
}
#endif
"""
        self.assertEqual(self.functions(text), [("a", 2, 7), ("b", 10, 11), ("c", 13, 14)])

    def test_begins_a_method_after_macros_and_labels(self):
        text = "class A : public QObject {\n    Q_OBJECT\n    Q_PROPERTY(int x READ x)\npublic Q_SLOTS:\n" \
               "    void go() {\n    }\nQ_SIGNALS:\n    void gone();\n};\n"
        self.assertEqual(self.functions(text), [("go", 5, 6)])

    def test_tells_declarations_from_classes(self):
        text = "class A;\nstruct B* b;\nenum class C;\nstruct D d() { return {}; }\nclass E::F final {};\nfriend class G;\n"
        self.assertEqual(self.classes(text), [("class", "E::F", ())])


class EveryLint(unittest.TestCase):
    def test_is_registered_and_has_planted_faults(self):
        lists = (LINTS / "CMakeLists.txt").read_text(encoding="utf-8")
        registered = set(" ".join(re.findall(r"^set\(lints\w* (.*?)\)", lists, re.M | re.S)).split())
        programs = {path.stem for path in LINTS.glob("*.py") if "run(check" in path.read_text(encoding="utf-8")}
        tested = {path.stem.removesuffix("_test") for path in (LINTS / "planted").glob("*_test.py")} - {"cpp"}
        self.assertEqual(programs - {"common"}, registered)
        self.assertEqual(tested, registered)


if __name__ == "__main__":
    main()
