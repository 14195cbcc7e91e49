"""Plants loose ends in texts, dead links in pages and careless scripts."""

from tree import Planted, main


class Texts(Planted):
    LINT = "texts"
    CLEAN = {
        "README.md": "# Kith\n\n[how](docs/a.md#part) [web](https://example.org) ![p](<docs/a.md> \"title\")"
                     " [q](#here)\n"
                     "`[code](gone.md)` `TODO`\n\n```\n[more](gone.md)\n```\n\n[ref]: docs/a.md\n",
        "docs/a.md": "[up](../README.md)\n",
        "src/core/a.cpp": "// mkdtemp: kith-XXXXXX; autodoc; /usr/share/kith; ~/work/x; $HOME/home/x; homework/x\n",
        "packaging/run.sh": "#!/usr/bin/env bash\n# Builds.\n\nset -euo pipefail\necho a\n",
        "packaging/common.sh": ": \"${root:?}\"\n",
        ".ci/run": "#!/bin/sh\nset -eu\necho a\n",
        "tests/lint/a.py": "# TODO\n",
        "build/x": "TODO\n",
    }

    def test_passes_texts_without_loose_ends(self):
        self.assert_clean()

    def test_reads_what_git_tracks(self):
        self.git("init")
        self.git("add", "README.md", "docs")
        self.assert_clean({"untracked.txt": "FIXME\n"})
        self.git("add", "untracked.txt")
        self.assert_finds(["untracked.txt:1: a loose end: FIXME"])

    def test_finds_marks_of_unfinished_work(self):
        for mark in ("TODO", "FIXME", "XXX", "for now", "For now", "not implemented", "not yet implemented"):
            self.assert_finds([f"src/core/a.cpp:2: a loose end: {mark}"],
                              {"src/core/a.cpp": f"\n// {mark}: x\n"})

    def test_finds_a_path_of_one_computer(self):
        for path in ("/work/", "/home/", "/tmp/wt/"):
            self.assert_finds([f"src/core/a.cpp:1: a path of one computer: {path}"],
                              {"src/core/a.cpp": f'open("{path}kith/x");\n'})

    def test_finds_a_registry_host(self):
        for host in ("pypi.org", "registry.npmjs.org", "static.crates.io"):
            self.assert_finds([f"packaging/list:1: a registry host: {host}"],
                              {"packaging/list": f"https://{host}/simple\n"})

    def test_finds_a_link_to_nothing(self):
        self.assert_finds(["docs/a.md:2: a link to nothing: gone.md#x"], {"docs/a.md": "\n[a](gone.md#x)\n"})
        self.assert_finds(["docs/a.md:1: a link to nothing: ../gone.png"],
                          {"docs/a.md": "![a](../gone.png)\n"})
        self.assert_finds(["docs/a.md:3: a link to nothing: gone.md"],
                          {"docs/a.md": "[a][b]\n\n[b]: gone.md\n"})

    def test_finds_a_script_that_does_not_parse(self):
        self.assert_finds(["packaging/run.sh:4: bash -n: syntax error: unexpected end of file"],
                          {"packaging/run.sh": "#!/bin/bash\nset -euo pipefail\nif true; then\n"})

    def test_finds_a_script_that_goes_on_after_an_error(self):
        for first in ("echo a", "set -e", "set -x"):
            self.assert_finds([".ci/run:3: a script begins with set -eu (bash: set -euo pipefail)"],
                              {".ci/run": f"#!/bin/sh\n# why\n{first}\n"})

    def test_finds_a_script_that_only_looks_sourced(self):
        (self.root / "packaging/common.sh").chmod(0o755)
        self.assert_finds(["packaging/common.sh:1: a script begins with set -eu (bash: set -euo pipefail)"])


if __name__ == "__main__":
    main()
