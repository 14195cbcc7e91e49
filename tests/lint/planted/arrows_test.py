"""Plants includes against the arrows."""

from tree import Planted, main


class Arrows(Planted):
    LINT = "arrows"
    CLEAN = {
        "src/core/CMakeLists.txt": "kith_library(core\n    SOURCES reason.h)\n",
        "src/core/reason.h": "#pragma once\n#include <string>\n",
        "src/model/CMakeLists.txt": "kith_library(model SOURCES a.cpp USES kith_core Qt6::Core)\n",
        "src/model/a.h": '#pragma once\n#include "core/reason.h"\n#include <QString>\n',
        "src/model/a.cpp": '#include "model/a.h"\n\n#include "a.moc"\n',
        "src/ipc/CMakeLists.txt": "kith_library(ipc SOURCES codec.cpp USES kith_core protobuf::libprotobuf-lite)\n",
        "src/ipc/messages.proto": "",
        "src/ipc/codec.cpp": '#include "core/reason.h"\n#include "ipc/messages.pb.h"\n#include "messages.pb.h"\n',
        "src/worker/net/listen.cpp": '#include "ipc/messages.pb.h"\n',
        "src/gui/window.cpp": '#include "ui_window.h"\n#include <QWidget>\n#include <qrencode.h>\n',
        "src/app/main.cpp": '#include "gui/window.h"\n',
        "src/gui/window.h": '// #include "worker/net/x.h"\n#include "model/a.h"\n',
    }

    def test_passes_what_follows_the_arrows(self):
        self.assert_clean()

    def test_finds_an_include_against_an_arrow(self):
        self.assert_finds(["src/core/reason.h:2: core may not include gui: gui/window.h"],
                          {"src/core/reason.h": '#pragma once\n#include "gui/window.h"\n',
                           "src/gui/window.h": "#pragma once\n"})

    def test_finds_a_worker_that_includes_the_program(self):
        self.assert_finds(["src/worker/net/listen.cpp:1: worker may not include model: model/a.h"],
                          {"src/worker/net/listen.cpp": '#include "model/a.h"\n'})

    def test_finds_the_schema_of_a_forbidden_folder(self):
        self.assert_finds(["src/model/a.cpp:1: model may not include ipc: messages.pb.h"],
                          {"src/model/a.cpp": '#include "messages.pb.h"\n'})

    def test_finds_a_form_outside_gui(self):
        self.assert_finds(["src/model/a.cpp:1: only gui includes forms: ui_window.h"],
                          {"src/model/a.cpp": '#include "ui_window.h"\n'})

    def test_finds_an_include_without_its_folder(self):
        self.assert_finds(['src/model/a.cpp:2: "a.h" is no file of src/, written as folder/file.h'],
                          {"src/model/a.cpp": '\n#include "a.h"\n'})

    def test_finds_an_include_of_a_file_that_is_not_there(self):
        self.assert_finds(['src/model/a.cpp:1: "core/gone.h" is no file of src/, written as folder/file.h'],
                          {"src/model/a.cpp": '#include "core/gone.h"\n'})

    def test_finds_our_header_in_angle_brackets(self):
        self.assert_finds(['src/model/a.cpp:1: <core/reason.h> is ours: "core/reason.h"'],
                          {"src/model/a.cpp": "#include <core/reason.h>\n"})

    def test_finds_qt_where_it_may_not_be(self):
        for header in ("QString", "QtCore/qglobal.h", "qglobal.h"):
            self.assert_finds([f"src/worker/net/listen.cpp:1: no Qt in worker: <{header}>"],
                              {"src/worker/net/listen.cpp": f"#include <{header}>\n"})

    def test_finds_a_folder_without_a_row(self):
        self.assert_finds(["src/helpers/x.h:1: a folder that ARCHITECTURE.md does not know"],
                          {"src/helpers/x.h": "#pragma once\n"})

    def test_finds_files_that_include_one_another(self):
        self.assert_finds(
            ["src/core/a.h:2: files include one another: src/core/a.h -> src/core/b.h -> src/core/a.h"],
            {"src/core/a.h": '#pragma once\n#include "core/b.h"\n',
             "src/core/b.h": '#pragma once\n#include "core/a.h"\n'})

    def test_finds_a_file_that_includes_itself(self):
        self.assert_finds(["src/core/a.h:2: files include one another: src/core/a.h -> src/core/a.h"],
                          {"src/core/a.h": '#pragma once\n#include "core/a.h"\n'})

    def test_finds_folders_that_include_one_another(self):
        self.assert_finds(
            ["src/worker/loop.h:1: folders include one another: src/worker -> src/worker/net -> src/worker"],
            {"src/worker/loop.h": '#include "worker/net/tcp.h"\n', "src/worker/net/tcp.h": "#pragma once\n",
             "src/worker/net/listen.cpp": '#include "worker/role.h"\n',
             "src/worker/role.h": "#pragma once\n"})

    def test_finds_a_link_against_an_arrow(self):
        self.assert_finds(["src/core/CMakeLists.txt:2: core may not link kith_gui"],
                          {"src/core/CMakeLists.txt": "kith_library(core SOURCES reason.h\n    USES kith_gui)\n"})

    def test_finds_a_link_made_beside_the_library(self):
        self.assert_finds(["src/core/CMakeLists.txt:2: no Qt in core: Qt6::Core"],
                          {"src/core/CMakeLists.txt": "kith_library(core SOURCES reason.h)\n"
                                                      "target_link_libraries(kith_core PUBLIC Qt6::Core)\n"})

    def test_finds_an_include_that_the_build_does_not_name(self):
        self.assert_finds(["src/model/CMakeLists.txt:1: model includes core and does not say so: USES kith_core"],
                          {"src/model/CMakeLists.txt": "kith_library(model SOURCES a.cpp) # USES kith_core\n"})


if __name__ == "__main__":
    main()
