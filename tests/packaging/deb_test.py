#!/usr/bin/env python3
"""The .deb that packaging/build-and-test.sh packs: what is in it, what it asks for, and that it runs unpacked.

    deb_test.py DIRECTORY-OF-PACKAGES
"""

import json
import os
import pathlib
import re
import select
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

APP_ID = "io.github.kith_chat.Kith"
PROGRAMS = ["usr/bin/kith", "usr/bin/kith-cli", "usr/libexec/kith/kith-worker", "usr/libexec/kith/kith-tls.so"]
SKIPPED = 77
packages = None


def said_by(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=True, **options).stdout


class DebTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        debs = sorted(packages.glob("*.deb"))
        if len(debs) != 1:
            raise AssertionError(f"expected one .deb in {packages}, found {len(debs)}")
        cls.deb = debs[0]
        place = tempfile.TemporaryDirectory(prefix="kith-deb-")
        cls.addClassCleanup(place.cleanup)
        cls.root = pathlib.Path(place.name, "root")
        cls.home = pathlib.Path(place.name, "home")
        cls.home.mkdir(mode=0o700)
        subprocess.run(["dpkg-deb", "-x", cls.deb, cls.root], check=True)

    def environment(self):
        """No display, no one's real home, and no build directory anywhere near."""
        home = str(self.home)
        return {"PATH": os.environ["PATH"], "HOME": home, "LC_ALL": "C.UTF-8", "XDG_RUNTIME_DIR": home,
                "XDG_DATA_HOME": f"{home}/data", "XDG_CONFIG_HOME": f"{home}/config"}

    def test_holds_the_programs_and_what_the_desktop_reads_and_no_more(self):
        files = {str(path.relative_to(self.root)) for path in self.root.rglob("*") if not path.is_dir()}
        self.assertEqual(files, {
            *PROGRAMS,
            f"usr/share/applications/{APP_ID}.desktop",
            f"usr/share/metainfo/{APP_ID}.metainfo.xml",
            f"usr/share/icons/hicolor/scalable/apps/{APP_ID}.svg",
            f"usr/share/icons/hicolor/symbolic/apps/{APP_ID}-symbolic.svg",
            "usr/share/doc/kith/copyright",
            "usr/share/doc/kith/changelog.gz",
            "usr/share/doc/kith/changelog.Debian.gz",
        })

    def test_programs_say_their_version_without_a_display(self):
        version = said_by("dpkg-deb", "-f", self.deb, "Version").strip().rsplit("-", 1)[0]
        for program in PROGRAMS[:2]:
            with self.subTest(program=program):
                said = said_by(self.root / program, "--version", env=self.environment(), timeout=20)
                self.assertIn(version, said)

    def test_kith_finds_its_worker_where_the_package_puts_it(self):
        """The listener is a worker process: hosting works only if it was found."""
        hosting = subprocess.Popen(
            [self.root / "usr/bin/kith-cli", "--profile", self.home / "profile", "host", "--port", "0", "--json"],
            env=self.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            event = self.first_event(hosting, "listening", seconds=20)
            self.assertGreater(event["port"], 0)
            running = self.executables_below(hosting.pid)
            self.assertEqual(running, [str(self.root / "usr/libexec/kith/kith-worker")])
        finally:
            hosting.stdin.close()
            try:
                hosting.wait(10)
            except subprocess.TimeoutExpired:
                hosting.kill()
                raise
            finally:
                hosting.stdout.close()
        self.assertEqual(hosting.returncode, 0)

    def first_event(self, process, name, seconds):
        end = time.monotonic() + seconds
        while select.select([process.stdout], [], [], max(0, end - time.monotonic()))[0]:
            line = process.stdout.readline()
            if not line:
                self.fail(f"kith-cli ended with {process.wait(5)} before it said {name}")
            event = json.loads(line)
            if event["event"] == name:
                return event
        self.fail(f"no {name} event within {seconds} s")

    def executables_below(self, pid):
        children = said_by("ps", "-o", "pid=", "--ppid", str(pid)).split()
        return [os.readlink(f"/proc/{child}/exe") for child in children]

    def test_worker_links_nothing_of_qt_and_programs_no_tls(self):
        linked = {program: re.findall(r"NEEDED\s+(\S+)", said_by("objdump", "-p", self.root / program))
                  for program in PROGRAMS}
        for headless in PROGRAMS[2:]:
            self.assertFalse([name for name in linked[headless] if "Qt" in name])
        for program in PROGRAMS[:2]:
            self.assertTrue([name for name in linked[program] if "Qt6Core" in name])
            self.assertFalse([name for name in linked[program] if name.startswith("libssl")])

    def test_programs_carry_no_path_of_the_build_to_look_for_libraries(self):
        for program in PROGRAMS:
            searched = re.findall(r"(?:RPATH|RUNPATH)\s+(\S+)", said_by("objdump", "-p", self.root / program))
            self.assertEqual(searched, [], program)

    def test_asks_for_what_it_links_and_what_qt_loads_later(self):
        asked = re.split(r"\s*,\s*", said_by("dpkg-deb", "-f", self.deb, "Depends").strip())
        names = {re.match(r"[^ (]+", entry)[0] for entry in asked}
        for expected in ("libc6", "libqt6sql6-sqlite", "libqt6svg6", "qt6-qpa-plugins"):
            self.assertIn(expected, names)
        self.assertTrue([name for name in names if name.startswith("libqt6core6")], names)
        self.assertTrue([name for name in names if name.startswith("libqt6widgets6")], names)
        for entry in asked:
            alternatives = [re.match(r"[^ (:]+", one)[0] for one in re.split(r"\s*\|\s*", entry)]
            self.assertTrue([one for one in alternatives if self.is_installed(one)], f"{entry} is not to be had")

    def is_installed(self, package):
        run = subprocess.run(["dpkg-query", "-W", "-f=${db:Status-Status}", package],
                             capture_output=True, text=True, check=False)
        return run.stdout == "installed"

    def test_desktop_entry_is_valid_and_starts_a_program_of_the_package(self):
        entry = self.root / f"usr/share/applications/{APP_ID}.desktop"
        subprocess.run(["desktop-file-validate", entry], check=True)
        text = entry.read_text(encoding="utf-8")
        for command in re.findall(r"^Exec=(\S+)", text, re.M):
            self.assertTrue((self.root / "usr/bin" / command).is_file(), command)
        icon = re.search(r"^Icon=(.+)$", text, re.M)[1]
        self.assertTrue((self.root / f"usr/share/icons/hicolor/scalable/apps/{icon}.svg").is_file())
        self.assertIn("MimeType=x-scheme-handler/kith;", text)
        for key in ("GenericName", "Comment", "Name"):
            self.assertRegex(text, rf"(?m)^{key}\[zh_CN\]=.+$")

    def test_desktop_actions_are_commands_that_kith_understands(self):
        """--help at the end shows nothing of it, but what stands before is read first."""
        entry = (self.root / f"usr/share/applications/{APP_ID}.desktop").read_text(encoding="utf-8")
        commands = re.findall(r"^Exec=(.+)$", entry, re.M)
        self.assertEqual(len(commands), 3)
        for command in commands:
            with self.subTest(command=command):
                program, *words = [word for word in shlex.split(command) if word != "%u"]
                said_by(self.root / "usr/bin" / program, *words, "--help", env=self.environment(), timeout=20)

    def test_metainfo_is_valid(self):
        run = subprocess.run(
            ["appstreamcli", "validate", "--no-net", self.root / f"usr/share/metainfo/{APP_ID}.metainfo.xml"],
            capture_output=True, text=True, check=False)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)

    def test_lintian_finds_no_error(self):
        run = subprocess.run(["lintian", "--fail-on", "error", "--allow-root", self.deb],
                             capture_output=True, text=True, check=False)
        print(run.stdout)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)

    def test_belongs_to_root_and_is_writable_by_no_one_else(self):
        for line in said_by("dpkg-deb", "-c", self.deb).splitlines():
            mode, owner = line.split()[:2]
            self.assertEqual(owner, "root/root", line)
            self.assertRegex(mode, r"^[-dl].{4}-.{2}-.$", line)


if __name__ == "__main__":
    packages = pathlib.Path(sys.argv.pop(1)).resolve()
    missing = [tool for tool in ("dpkg-deb", "lintian", "appstreamcli", "desktop-file-validate", "objdump")
               if not shutil.which(tool)]
    reason = f"missing here: {', '.join(missing)}" if missing else (
        "" if packages.is_dir() else f"no package in {packages}; packaging/build-and-test.sh packs one")
    if reason:
        print(reason)
        sys.exit(1 if os.environ.get("KITH_REQUIRE_ALL") == "1" else SKIPPED)
    unittest.main(verbosity=2)
