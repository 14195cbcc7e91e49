"""A source tree made for one test, and a lint run on it as CTest runs it: as a program of its own."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

LINTS = Path(__file__).resolve().parent.parent
sys.path.append(str(LINTS))

from common import SKIPPED, skipped_status  # noqa: E402


class Planted(unittest.TestCase):
    """Base of the tests of one lint. `LINT` is its name; `CLEAN` the files of a tree in which it finds
    nothing, which each test plants its fault in."""

    LINT = ""
    CLEAN = {}
    BUILD = False

    def setUp(self):
        self.maxDiff = None
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name).resolve() / "tree"
        self.build = self.root / "build"
        self.build.mkdir(parents=True)
        self.write(self.CLEAN)

    def write(self, files):
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                path.unlink()
            else:
                path.write_text(text, encoding="utf-8")

    def git(self, *arguments):
        subprocess.run(["git", "-C", str(self.root), "-c", "user.name=t", "-c", "user.email=t@example.org",
                        "-c", "init.defaultBranch=main", *arguments], check=True, capture_output=True)

    def run_lint(self, *more):
        command = [sys.executable, str(LINTS / f"{self.LINT}.py"), "--root", str(self.root)]
        command += ["--build", str(self.build)] if self.BUILD else []
        return subprocess.run([*command, *more], capture_output=True, text=True, check=False)

    def assert_finds(self, expected, planted=None, more=()):
        """Exactly these lines come, with exit status 1 (0 for none)."""
        self.write(planted or {})
        result = self.run_lint(*more)
        if result.returncode == SKIPPED:
            self.skipTest(result.stdout.strip())
        self.assertEqual((result.stdout.splitlines(), result.stderr), (sorted(expected), ""))
        self.assertEqual(result.returncode, 1 if expected else 0)

    def assert_clean(self, planted=None, more=()):
        self.assert_finds([], planted, more)


def main():
    """The program's end: 77 (CTest's "skipped") where tests were left out for a missing tool, if they may be."""
    result = unittest.main(module="__main__", exit=False, verbosity=1).result
    sys.exit(1 if not result.wasSuccessful() else skipped_status() if result.skipped else 0)
