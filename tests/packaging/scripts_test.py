#!/usr/bin/env python3
"""The set-up scripts, with stand-ins for cmake and the package manager first on PATH.

    scripts_test.py TOP-OF-THE-TREE
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

top = None

# Writes down how it was called; asked to build, it leaves a program that prints its arguments.
FAKE_CMAKE = """#!/usr/bin/env bash
printf '%s\\n' "$PWD: $*" >>"$KITH_TEST_LOG"
if [ -n "${KITH_TEST_FAIL:-}" ] && [ "$1" = "$KITH_TEST_FAIL" ]; then
    echo "the compiler's own words" >&2
    exit 1
fi
if [ "$1" = --build ]; then
    mkdir -p "$2/src/app"
    printf '#!/bin/sh\\nfor word in "$@"; do echo "<$word>"; done\\n' >"$2/src/app/kith"
    chmod +x "$2/src/app/kith"
fi
"""

# Nothing is installed, and installing makes it so.
FAKE_DPKG_QUERY = """#!/usr/bin/env bash
for package; do :; done
grep -qxF -- "$package" "$KITH_TEST_INSTALLED" 2>/dev/null && printf installed
"""
FAKE_APT_GET = """#!/usr/bin/env bash
printf '%s\\n' "apt-get $*" >>"$KITH_TEST_LOG"
[ "${KITH_TEST_FAIL:-}" != "$1" ] || exit 100
if [ "$1" = install ]; then printf '%s\\n' "$@" >>"$KITH_TEST_INSTALLED"; fi
"""
FAKE_APT_CACHE = """#!/usr/bin/env bash
exit 0
"""
# Not root, so that sudo is what has to be used.
FAKE_ID = """#!/usr/bin/env bash
echo 1000
"""
FAKE_SUDO = """#!/usr/bin/env bash
printf '%s\\n' "sudo" >>"$KITH_TEST_LOG"
exec "$@"
"""


class ScriptsTest(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory(prefix="kith scripts ")
        self.addCleanup(place.cleanup)
        self.place = pathlib.Path(place.name)
        self.tree = self.place / "a tree of sources"
        shutil.copytree(top / "packaging", self.tree / "packaging", symlinks=True)
        self.commands = self.place / "bin"
        self.commands.mkdir()
        self.log = self.place / "log"
        self.log.touch()
        self.put("cmake", FAKE_CMAKE)

    def put(self, name, text):
        path = self.commands / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)

    def without_packages(self):
        self.put("dpkg-query", FAKE_DPKG_QUERY)
        self.put("apt-get", FAKE_APT_GET)
        self.put("apt-cache", FAKE_APT_CACHE)
        self.put("id", FAKE_ID)
        self.put("sudo", FAKE_SUDO)

    def run_script(self, script, *arguments, cwd=None, **environment):
        base = {"PATH": f"{self.commands}:{os.environ['PATH']}", "HOME": str(self.place),
                "KITH_TEST_LOG": str(self.log), "KITH_TEST_INSTALLED": str(self.place / "installed"),
                "QT_QPA_PLATFORM": "offscreen", "KITH_NO_INSTALL": "1"}
        return subprocess.run([script, *arguments], cwd=cwd or self.place, text=True, capture_output=True,
                              stdin=subprocess.DEVNULL, env=base | environment, check=False)

    def test_passes_arguments_on_as_they_are(self):
        run = self.run_script(self.tree / "packaging/build-and-run.sh", "--profile", "a b", "")
        self.assertEqual(run.stdout.splitlines()[-3:], ["<--profile>", "<a b>", "<>"], run.stderr)

    def test_works_from_any_directory_through_links(self):
        inner = self.place / "links"
        inner.mkdir()
        (inner / "relative").symlink_to("../a tree of sources/packaging/build-and-run.sh")
        (inner / "run it").symlink_to(inner / "relative")
        run = self.run_script(inner / "run it", "x", cwd="/")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertTrue(run.stdout.endswith("<x>\n"))
        self.assertTrue(self.log.read_text().startswith(f"{self.tree}: --preset release"))

    def test_a_build_that_fails_ends_it_with_the_compilers_words(self):
        for failing, sentence in (("--preset", "configuring the release build failed"),
                                  ("--build", "building release failed")):
            with self.subTest(failing=failing):
                run = self.run_script(self.tree / "packaging/build-and-run.sh", KITH_TEST_FAIL=failing)
                self.assertNotEqual(run.returncode, 0)
                self.assertIn("the compiler's own words", run.stderr)
                self.assertIn(sentence, run.stderr)

    def test_says_so_when_there_is_no_display(self):
        run = self.run_script(self.tree / "packaging/build-and-run.sh", QT_QPA_PLATFORM="", DISPLAY="",
                              WAYLAND_DISPLAY="")
        self.assertEqual(run.returncode, 1)
        self.assertIn("no display", run.stderr)

    def test_a_tree_that_was_moved_is_configured_afresh(self):
        cache = self.tree / "build/release/CMakeCache.txt"
        cache.parent.mkdir(parents=True)
        cache.write_text("CMAKE_HOME_DIRECTORY:INTERNAL=/somewhere/else\n")
        self.run_script(self.tree / "packaging/build-and-run.sh")
        self.assertIn("--preset release --fresh", self.log.read_text())
        self.log.write_text("")
        cache.write_text(f"CMAKE_HOME_DIRECTORY:INTERNAL={self.tree}\n")
        self.run_script(self.tree / "packaging/build-and-run.sh")
        self.assertNotIn("--fresh", self.log.read_text())

    @unittest.skipUnless(shutil.which("dpkg-query"), "the stand-ins are Debian's")
    def test_installs_what_is_missing_with_sudo_and_then_nothing(self):
        self.without_packages()
        install = self.tree / "packaging/install-deps.sh"
        run = self.run_script(install, "build", KITH_NO_INSTALL="0")
        self.assertEqual(run.returncode, 0, run.stderr)
        asked = self.log.read_text()
        self.assertIn("sudo\napt-get update", asked)
        self.assertRegex(asked, r"sudo\napt-get install .* cmake ")
        self.log.write_text("")
        run = self.run_script(install, "build", KITH_NO_INSTALL="0")
        self.assertEqual((run.returncode, run.stdout, self.log.read_text()), (0, "", ""))

    @unittest.skipUnless(shutil.which("dpkg-query"), "the stand-ins are Debian's")
    def test_an_installation_that_fails_is_an_error_that_names_the_packages(self):
        self.without_packages()
        run = self.run_script(self.tree / "packaging/install-deps.sh", "build", KITH_NO_INSTALL="0",
                              KITH_TEST_FAIL="install")
        self.assertEqual(run.returncode, 1)
        self.assertRegex(run.stderr, r"could not install: .*\bninja-build\b")

    def test_install_deps_refuses_an_unknown_word(self):
        run = self.run_script(self.tree / "packaging/install-deps.sh", "everything")
        self.assertEqual(run.returncode, 1)
        self.assertIn("build or test", run.stderr)

    @unittest.skipUnless(shutil.which("shellcheck") or os.environ.get("KITH_REQUIRE_ALL") == "1",
                         "shellcheck is not installed")
    def test_shellcheck_finds_nothing(self):
        scripts = [top / ".ci/run", *top.glob("packaging/**/*.sh"), *top.glob("tests/**/*.sh")]
        run = subprocess.run(["shellcheck", "-x", *scripts], cwd=top, text=True, capture_output=True, check=False)
        self.assertEqual(run.returncode, 0, run.stdout)


if __name__ == "__main__":
    top = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main(verbosity=2)
