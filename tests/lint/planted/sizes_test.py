"""Plants files and functions over the limits."""

from tree import Planted, main


def lines(count, text="int x;\n"):
    return text * count


def function(head, count):
    return head + " {\n" + "    go();\n" * (count - 2) + "}\n"


class Sizes(Planted):
    LINT = "sizes"
    CLEAN = {
        "src/core/full.h": lines(400),
        "src/core/function.cpp": "namespace kith::core {\n" + function("void full()",
                                                                       60) + lines(300) + "}\n",
        "src/core/table.cpp": "const int table[] = {\n" + lines(100, "    1,\n") + "};\n",
        "src/ipc/messages.proto": lines(500),
        "tests/unit/core/full_test.cpp": lines(300) + function("void claim()", 300),
    }

    def test_passes_what_is_at_the_limit(self):
        self.assert_clean()

    def test_finds_a_long_file(self):
        self.assert_finds(["src/core/long.h:1: 401 lines, more than 400"], {"src/core/long.h": lines(401)})

    def test_finds_a_long_test(self):
        self.assert_finds(["tests/gui/long_test.cpp:1: 601 lines, more than 600"],
                          {"tests/gui/long_test.cpp": lines(601)})

    def test_finds_a_long_function(self):
        self.assert_finds(["src/core/a.cpp:3: long_one has 61 lines, more than 60"],
                          {"src/core/a.cpp": "int x;\n\n" + function("int long_one(int a, int b)", 61)})

    def test_finds_a_long_method_in_a_class(self):
        self.assert_finds(["src/core/a.h:3: go has 61 lines, more than 60"],
                          {"src/core/a.h": "class A final : public B<int> {\npublic:\n" + function("    void go()", 61) + "};\n"})

    def test_counts_a_lambda_to_its_function(self):
        body = "    connect(a, [this] {\n" + "        go();\n" * 60 + "    });\n}\n"
        self.assert_finds(["src/core/a.cpp:1: Peer::start has 64 lines, more than 60"],
                          {"src/core/a.cpp": "void Peer::start() {\n" + body + "void other() {}\n"})

    def test_is_not_misled_by_braces_in_literals(self):
        code = 'void a() {\n    say("}{{{", \'{\', R"x(}}")x", 1\'000); // {{{\n    /* } */\n}\n'
        self.assert_finds(["src/core/a.cpp:5: b has 61 lines, more than 60"],
                          {"src/core/a.cpp": code + function("void b()", 61)})

    def test_lets_through_what_says_why(self):
        self.assert_clean({"src/core/a.cpp": "// size budget: one case for each code of the list\n"
                                             + function("void b()", 500)})

    def test_finds_what_does_not_say_why(self):
        self.assert_finds(["src/core/a.cpp:2: b has 100 lines, more than 60"],
                          {"src/core/a.cpp": "// size budget:\n" + function("void b()", 100)})


if __name__ == "__main__":
    main()
