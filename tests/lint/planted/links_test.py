"""Builds small programs that link and import what they may not."""

import shutil
import subprocess

from tree import Planted, main


class Links(Planted):
    LINT = "links"
    BUILD = True

    def setUp(self):
        super().setUp()
        self.compiler = shutil.which("cc")
        if not self.compiler:
            self.skipTest("no C compiler")
        (self.build / "src/app").mkdir(parents=True)
        for name in ("kith", "kith-cli", "kith-worker", "kith-tls.so"):
            self.program(name)

    def compile(self, output, code, *options):
        subprocess.run([self.compiler, "-x", "c", "-", "-x", "none", "-o", str(output),
                        f"-L{self.build}", f"-Wl,-rpath,{self.build}", "-Wl,--no-as-needed", *options],
                       input=code, text=True, check=True, capture_output=True)

    def program(self, name, code="", *libraries):
        self.compile(self.build / "src/app" / name, f"{code}\nint main(void) {{ return 0; }}\n",
                     *(f"-l:{library}" for library in libraries))

    def library(self, name, *libraries):
        self.compile(self.build / name, "", "-shared", "-fPIC", f"-Wl,-soname,{name}",
                     *(f"-l:{library}" for library in libraries))

    def test_passes_programs_that_link_what_they_may(self):
        self.library("libQt6Core.so.6")
        self.program("kith", "int socketpair(int, int, int, int*); int pair[2];"
                             "int go(void) { return socketpair(1, 1, 0, pair); }", "libQt6Core.so.6")
        self.assert_clean()

    def test_finds_a_program_that_is_not_there(self):
        (self.build / "src/app/kith-worker").unlink()
        self.assert_finds(["src/app/kith-worker:1: the program is not built"])

    def test_finds_the_preview_missing_once_it_has_a_folder(self):
        self.assert_finds(["src/app/kith-preview:1: the program is not built"], {"src/preview/a.cpp": ""})

    def test_finds_qt_in_the_worker(self):
        self.library("libQt6Core.so.6")
        self.program("kith-worker", "", "libQt6Core.so.6")
        self.assert_finds(["src/app/kith-worker:1: links libQt6Core.so.6"])

    def test_finds_qt_in_the_worker_through_another_library(self):
        self.library("libQt6Core.so.6")
        self.library("libother.so.1", "libQt6Core.so.6")
        self.program("kith-worker", "", "libother.so.1")
        self.assert_finds(["src/app/kith-worker:1: links libQt6Core.so.6"])

    def test_finds_icu_in_the_worker(self):
        self.library("libicuuc.so.72")
        self.program("kith-worker", "", "libicuuc.so.72")
        self.assert_finds(["src/app/kith-worker:1: links libicuuc.so.72"])

    def test_finds_tls_in_the_program(self):
        self.library("libssl.so.3")
        self.program("kith", "", "libssl.so.3")
        self.assert_finds(["src/app/kith:1: links libssl.so.3"])

    def test_finds_tls_in_the_worker_outside_its_module(self):
        self.library("libssl.so.3")
        self.program("kith-worker", "", "libssl.so.3")
        self.program("kith-tls.so", "", "libssl.so.3")
        self.assert_finds(["src/app/kith-worker:1: links libssl.so.3"])

    def test_finds_widgets_in_the_terminal(self):
        self.library("libQt6Widgets.so.6")
        self.program("kith-cli", "", "libQt6Widgets.so.6")
        self.assert_finds(["src/app/kith-cli:1: links libQt6Widgets.so.6"])

    def test_finds_a_socket_in_the_program(self):
        self.program("kith", "int socket(int, int, int); int go(void) { return socket(2, 1, 0); }")
        self.assert_finds(["src/app/kith:1: imports socket()"])

    def test_finds_a_name_look_up_in_the_terminal(self):
        self.program("kith-cli", "int getaddrinfo(); int go(void) { return getaddrinfo(0, 0, 0, 0); }")
        self.assert_finds(["src/app/kith-cli:1: imports getaddrinfo()"])


if __name__ == "__main__":
    main()
