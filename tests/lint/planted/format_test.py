"""Plants C++ that clang-format would write otherwise."""

from tree import Planted, main


class Format(Planted):
    LINT = "format"
    CLEAN = {
        ".clang-format": "BasedOnStyle: LLVM\nIndentWidth: 4\n",
        "src/core/a.cpp": "int one() {\n    go();\n    return 1;\n}\n",
        "tests/unit/a.cpp": "int two();\n",
        "build/generated.cpp": "int   three( );\n",
    }

    def test_passes_what_is_formatted(self):
        self.assert_clean()

    def test_finds_what_is_not(self):
        self.assert_finds(["src/core/a.cpp:2: not as clang-format writes it"],
                          {"src/core/a.cpp": "int one() {\n    go();\n  return   1;\n}\n"})

    def test_finds_it_in_tests_and_headers(self):
        self.assert_finds(["tests/unit/b.h:1: not as clang-format writes it"],
                          {"tests/unit/b.h": "int  x;\n"})

    def test_finds_that_the_style_cannot_be_read(self):
        self.write({".clang-format": "BasedOnStyle: Nobody\n"})
        result = self.run_lint()
        if result.returncode == 77:
            self.skipTest(result.stdout)
        self.assertEqual(result.returncode, 1)
        self.assertIn(".clang-format:1: clang-format failed", result.stdout)


if __name__ == "__main__":
    main()
