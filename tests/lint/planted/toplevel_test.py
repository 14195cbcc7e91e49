"""Plants names at the top level that CONTRIBUTING.md does not list, and lists what is not there."""

from tree import Planted, main


class TopLevel(Planted):
    LINT = "toplevel"
    CLEAN = {
        "CONTRIBUTING.md": "# Contributing\n\n- `Other` list\n\n## Top level\n\n- `src/`: the sources\n"
                           "- `CONTRIBUTING.md`: this page\n\n## More\n\n- `nothing`\n",
        "src/core/a.h": "",
    }

    def setUp(self):
        super().setUp()
        self.git("init")

    def commit(self, planted):
        self.write(planted)
        self.git("add", "--all")
        self.git("commit", "--message", "x")

    def test_passes_what_is_listed(self):
        self.commit({})
        self.assert_clean({"not-tracked": ""})

    def test_finds_what_is_not_listed(self):
        self.commit({"scratch/x": "", "NOTES.md": ""})
        self.assert_finds(["NOTES.md:1: CONTRIBUTING.md does not list it",
                           "scratch:1: CONTRIBUTING.md does not list it"])

    def test_finds_what_is_listed_and_not_there(self):
        self.commit({"CONTRIBUTING.md": self.CLEAN["CONTRIBUTING.md"].replace("\n\n## More",
                                                                              "\n- `forms/`\n\n## More")})
        self.assert_finds(["CONTRIBUTING.md:9: lists forms, which is not there"])

    def test_finds_that_the_list_is_missing(self):
        self.commit({"CONTRIBUTING.md": "# Contributing\n"})
        self.assert_finds(['CONTRIBUTING.md:1: no section "## Top level"'])


if __name__ == "__main__":
    main()
