"""Plants bounds beside core/limits.h."""

from tree import Planted, main


class Bounds(Planted):
    LINT = "bounds"
    CLEAN = {
        "src/core/limits.h": "inline constexpr std::size_t messageText = 64 * 1024;\n",
        "src/gui/bar.cpp": "setMaximumWidth(2000);\n",
        "src/wire/frame_format.h": "inline constexpr int magic = 0x4B495448;\n",
        "src/ipc/codec.cpp": "// 4096 and 10s\nauto t = \"5000\" \"10s\"; int a = 999; auto none = 0ms; int b = 0x3e7;\n"
                             "/// RFC 8446 section 5.1: the largest record.\nconstexpr int record = 16384;\n"
                             "constexpr int other = 16'384; // as above\n"
                             "// Which bits.\nconstexpr std::array masks = {\n    0x1000,\n    0x2000,\n};\n"
                             "double ratio = 1.5e2; timer.setInterval(limits::idle); auto h = std::chrono::seconds(n);\n",
    }

    def test_passes_bounds_in_their_place(self):
        self.assert_clean()

    def finds(self, code, what):
        self.assert_finds([f"src/worker/tls/a.cpp:2: {what} belongs in core/limits.h"],
                          {"src/worker/tls/a.cpp": f"\n{code}\n"})

    def test_finds_a_large_number(self):
        for literal in ("1024", "1'000", "0x10000", "65536u", "4096UL", "1e6", "02000", "0b10000000000"):
            self.finds(f"char buffer[{literal}];", literal)

    def test_finds_a_duration(self):
        for literal in ("10s", "300ms", "1h", "5min", "1'500us", "0.5s"):
            self.finds(f"deadline = now + {literal};", literal)
        self.finds("auto limit = std::chrono::milliseconds(300);", "milliseconds(300")
        self.finds("auto limit = std::chrono::seconds{2};", "seconds{2")

    def test_finds_a_timer_in_milliseconds(self):
        self.finds("QTimer::singleShot(500, this, [] {});", "singleShot(500,")
        self.finds("timer.setInterval(20);", "setInterval(20)")

    def test_finds_a_constant_without_its_reason(self):
        self.finds("constexpr int record = 16384;", "16384")

    def test_looks_in_each_folder_that_has_bounds(self):
        for folder in ("worker", "ipc", "wire", "supervisor", "model"):
            self.assert_finds([f"src/{folder}/x.h:1: 5000 belongs in core/limits.h"],
                              {f"src/{folder}/x.h": "int x = 5000;\n"})
            self.write({f"src/{folder}/x.h": None})


if __name__ == "__main__":
    main()
