"""Plants what clang-tidy finds, and counts how often it is asked."""

import json

from tree import Planted, main

CLEAN_CODE = '#include "core/a.h"\n\nint* none() {\n    return nullptr;\n}\n'
FAULTY_CODE = '#include "core/a.h"\n\nint* none() {\n    return 0;\n}\n'
FINDING = "src/core/a.cpp:4: use nullptr [modernize-use-nullptr,-warnings-as-errors]"


class Tidy(Planted):
    LINT = "tidy"
    BUILD = True
    CLEAN = {
        ".clang-tidy": "Checks: '-*,modernize-use-nullptr'\nWarningsAsErrors: '*'\n",
        "src/core/a.h": "int* none();\n",
        "src/core/a.cpp": CLEAN_CODE,
        "src/core/b.cpp": "int b() { return 1; }\n",
        "tests/c.cpp": "int* c() { return 0; }\n",
    }

    def setUp(self):
        super().setUp()
        entries = [{"directory": str(self.build), "file": str(self.root / name),
                    "command": f"ccache /usr/bin/c++ -mno-direct-extern-access -I{self.root / 'src'} -c {self.root / name}"}
                   for name in ("src/core/a.cpp", "src/core/b.cpp", "tests/c.cpp")]
        self.write({"build/compile_commands.json": json.dumps(entries)})

    def counting(self):
        """A stand-in for clang-tidy that finds nothing and notes each source it is asked about."""
        tool = self.build / "tool"
        tool.write_text(f'#!/bin/sh\nfor last; do :; done\necho "$last" >> {self.build}/asked\n')
        tool.chmod(0o755)
        return ("--clang-tidy", str(tool))

    def asked(self):
        """The sources that it was asked about since the last call."""
        notes = self.build / "asked"
        names = notes.read_text().split() if notes.exists() else []
        notes.unlink(missing_ok=True)
        return sorted(name.rsplit("/", 1)[1] for name in names if name.endswith(".cpp"))

    def test_passes_sources_without_a_fault(self):
        self.assert_clean()

    def test_finds_a_fault_and_finds_it_again(self):
        self.assert_finds([FINDING], {"src/core/a.cpp": FAULTY_CODE})
        self.assert_finds([FINDING])
        self.assert_clean({"src/core/a.cpp": CLEAN_CODE})

    def test_finds_that_a_source_cannot_be_read(self):
        self.assert_finds(["src/core/b.cpp:1: 'core/gone.h' file not found [clang-diagnostic-error]"],
                          {"src/core/b.cpp": '#include "core/gone.h"\n'})

    def test_finds_that_there_is_no_list_of_sources(self):
        self.assert_finds(["compile_commands.json:1: no source of src/ in the build's list of commands"],
                          {"build/compile_commands.json": "[]"})

    def test_asks_again_only_about_what_changed(self):
        tool = self.counting()
        self.assert_clean(more=tool)
        self.assertEqual(self.asked(), ["a.cpp", "b.cpp"])
        self.assert_clean(more=tool)
        self.assertEqual(self.asked(), [])
        self.assert_clean({"src/core/b.cpp": "int b() { return 2; }\n"}, tool)
        self.assertEqual(self.asked(), ["b.cpp"])
        self.assert_clean({"src/core/a.h": "int* none(); // a comment\n"}, tool)
        self.assertEqual(self.asked(), ["a.cpp"])
        self.assert_clean({".clang-tidy": "Checks: '-*,bugprone-*'\n"}, tool)
        self.assertEqual(self.asked(), ["a.cpp", "b.cpp"])

    def test_asks_about_what_differs_from_a_commit(self):
        tool = self.counting()
        self.git("init")
        self.git("add", "src", ".clang-tidy")
        self.git("commit", "--message", "x")
        self.assert_clean({"src/core/a.h": "int* none(); // a comment\n"}, (*tool, "--changed", "HEAD"))
        self.assertEqual(self.asked(), ["a.cpp"])


if __name__ == "__main__":
    main()
