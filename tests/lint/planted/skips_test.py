"""Plants tests that leave themselves out."""

import os
import subprocess
import sys
import unittest

from tree import LINTS, Planted, main

ALLOWED = "tests/lint/allowed.txt"
WHAT = "a test that may be left out; list it with its reason"


class Skips(Planted):
    LINT = "skips"
    CLEAN = {
        "tests/unit/a_test.cpp": "// QSKIP(1)\nvoid A::runs() {\n    QCOMPARE(1, 1);\n}\n",
        "tests/process/a_test.py": "class A:\n    def test_runs(self):\n        '''skipTest() is a word'''\n",
    }

    def test_passes_what_always_runs(self):
        self.assert_clean()

    def test_finds_a_qskip(self):
        self.assert_finds([f"tests/unit/b_test.cpp:isLeftOut:2: {WHAT}"],
                          {"tests/unit/b_test.cpp": "void B::isLeftOut() {\n    QSKIP(\"never\");\n}\n"})

    def test_finds_each_way_of_unittest(self):
        for code, name, line in (("class A:\n def test_x(self):\n  self.skipTest('')\n", "test_x", 3),
                                 ("class A:\n @unittest.skipUnless(b, '')\n def test_x(self): pass\n", "test_x", 2),
                                 ("@unittest.skipIf(b, '')\nclass A: pass\n", "A", 1),
                                 ("def f():\n raise unittest.SkipTest('')\n", "f", 2)):
            self.assert_finds([f"tests/process/b_test.py:{name}:{line}: {WHAT}"], {"tests/process/b_test.py": code})

    def test_lets_through_what_is_listed(self):
        self.assert_clean({"tests/unit/b_test.cpp": "void B::asRoot() {\n    QSKIP(\"root\");\n}\n",
                           ALLOWED: "skips/test tests/unit/b_test.cpp:asRoot Root may do all of this.\n"})

    def test_finds_what_is_listed_and_gone(self):
        self.assert_finds([f"{ALLOWED}:1: tests/unit/b_test.cpp:gone needs no exception from skips/test any more"],
                          {ALLOWED: "skips/test tests/unit/b_test.cpp:gone Root may do all of this.\n"})


class Required(unittest.TestCase):
    """A lint that lacks a tool is skipped, unless everything is required."""

    def status(self, **more):
        code = "import common\n\ndef check(root):\n    raise common.Skip('no tool')\n\ncommon.run(check)\n"
        return subprocess.run([sys.executable, "-c", code, "--root", "."], cwd=LINTS, capture_output=True, check=False,
                              env={**os.environ, **more}).returncode

    def test_a_missing_tool_is_skipped(self):
        self.assertEqual(self.status(KITH_REQUIRE_ALL="0"), 77)

    def test_where_all_is_required_it_fails(self):
        self.assertEqual(self.status(KITH_REQUIRE_ALL="1"), 1)


if __name__ == "__main__":
    main()
