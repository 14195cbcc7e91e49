"""Plants headers and classes that say nothing of themselves."""

from tree import Planted, main

GOOD = """// Who is at the other end. Plain C++; any thread, any process.
#pragma once

class Elsewhere;
struct Also;
enum class Kind { One, Two };

namespace kith::core {

/// A peer as the person knows it.
template <typename T>
class [[nodiscard]] Peer final : public Base<T> {
public:
    /** A name and what it is from. */
    struct Name {
        int length = 0; ///< in bytes
    };
    friend class Other;
};

} // namespace kith::core
"""


class Docs(Planted):
    LINT = "docs"
    CLEAN = {"src/core/peer.h": GOOD, "src/core/peer.cpp": "struct Own {};\n"}

    def test_passes_headers_that_are_the_manual(self):
        self.assert_clean()

    def test_finds_a_class_without_a_comment(self):
        self.assert_finds(["src/core/peer.h:11: class Peer has no doc comment above it"],
                          {"src/core/peer.h": GOOD.replace("/// A peer as the person knows it.",
                                                           "int last; ///< not of the class")})

    def test_finds_a_comment_that_stands_apart(self):
        self.assert_finds(["src/core/peer.h:11: class Peer has no doc comment above it"],
                          {"src/core/peer.h": GOOD.replace("knows it.\n", "knows it.\n\n")
                           .replace("namespace kith::core {\n\n", "namespace kith::core {\n")})

    def test_finds_a_nested_struct_without_a_comment(self):
        self.assert_finds(["src/core/peer.h:14: struct Name has no doc comment above it"],
                          {"src/core/peer.h": GOOD.replace("    /** A name and what it is from. */\n", "")})

    def test_finds_a_comment_that_says_nothing(self):
        self.assert_finds(["src/core/peer.h:11: class Peer has no doc comment above it"],
                          {"src/core/peer.h": GOOD.replace("/// A peer as the person knows it.",
                                                           "/// Peer.")})

    def test_finds_a_header_that_does_not_say_what_it_is(self):
        self.assert_finds(["src/core/peer.h:1: does not begin with a comment that says what it is"],
                          {"src/core/peer.h": "#pragma once\n// Any thread, any process.\n"})

    def test_finds_a_header_without_pragma_once(self):
        self.assert_finds(["src/core/peer.h:1: no #pragma once"],
                          {"src/core/peer.h": "// A header of ours.\n"})

    def test_finds_classes_that_do_not_say_where_they_live(self):
        self.assert_finds(["src/core/peer.h:1: does not say on which thread or in which process its classes live"],
                          {"src/core/peer.h": GOOD.replace(" Plain C++; any thread, any process.", "")})


if __name__ == "__main__":
    main()
