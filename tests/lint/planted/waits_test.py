"""Plants waits and disk operations in the program's own process."""

from tree import Planted, main

ALLOWED = "tests/lint/allowed.txt"


class Waits(Planted):
    LINT = "waits"
    CLEAN = {
        "src/app/kith.cpp": "int main(int argc, char** argv) {\n    QApplication app(argc, argv);\n"
                            "    return app.exec();\n}\nint other() { return QCoreApplication::exec(); }\n",
        "src/store/database.cpp": "QFile file; changed.wait(lock);\n",
        "src/gui/window.cpp": '#include <QFile>\n// dialog.exec() waits\nauto t = "QFile exec() sleep(";\n'
                              "dialog->open(); connect(d, &QDialog::finished, this, [] {}); executor.execute();\n"
                              "auto name = QFile::encodeName(path); QFileDialog dialog; peer.open();\n",
        "src/supervisor/worker.cpp": "QFile proc(path);\n",
    }

    def test_passes_what_does_not_wait(self):
        self.assert_clean()

    def finds_in_gui(self, code, what):
        self.assert_finds([f"src/gui/window.cpp:2: {what}"], {"src/gui/window.cpp": f"\n{code}\n"})

    def test_finds_a_wait_for_a_process(self):
        for name in ("Started", "Finished", "ReadyRead", "BytesWritten", "Connected", "Disconnected",
                     "NewConnection"):
            self.finds_in_gui(f"worker->waitFor{name}(100);", f"waits: waitFor{name}")

    def test_finds_a_wait_in_each_folder_of_the_program(self):
        for folder in ("model", "store", "supervisor", "app", "cli"):
            self.assert_finds([f"src/{folder}/x.cpp:1: waits: waitForFinished"],
                              {f"src/{folder}/x.cpp": "p.waitForFinished();\n"})
            self.write({f"src/{folder}/x.cpp": None})

    def test_finds_a_sleep(self):
        self.finds_in_gui("QThread::msleep(5);", "waits: QThread::msleep(")
        self.finds_in_gui("::usleep(5);", "waits: usleep(")
        self.finds_in_gui("std::this_thread::sleep_for(5ms);", "waits: sleep_for(")

    def test_finds_a_wait_for_a_thread(self):
        self.finds_in_gui("thread_->wait();", "waits: thread_->wait(")
        self.finds_in_gui("readerThread.wait(QDeadlineTimer(5));", "waits: readerThread.wait(")

    def test_finds_a_nested_loop(self):
        self.finds_in_gui("QEventLoop loop;", "waits: QEventLoop")
        self.finds_in_gui("if (dialog.exec() == 1)", "waits: dialog.exec(")
        self.finds_in_gui("menu->exec(position);", "waits: menu->exec(")
        self.finds_in_gui("QDialog::exec();", "waits: QDialog::exec(")
        self.finds_in_gui("void f() { exec(); }", "waits: exec()")
        self.finds_in_gui("QMessageBox::question(this, a, b);", "waits: QMessageBox::question(")
        self.finds_in_gui("auto n = QFileDialog::getOpenFileName(this);",
                          "waits: QFileDialog::getOpenFileName(")
        self.finds_in_gui("QCoreApplication::processEvents();", "waits: processEvents(")

    def test_finds_a_nested_loop_in_a_main(self):
        self.assert_finds(["src/app/kith.cpp:2: waits: dialog.exec("],
                          {"src/app/kith.cpp": "QApplication app(argc, argv);\ndialog.exec();\napp.exec();\n"})

    def test_finds_disk_on_the_gui_thread(self):
        self.finds_in_gui("QFile file(path);", "disk on the GUI thread: QFile")
        self.finds_in_gui("QSaveFile file(path);", "disk on the GUI thread: QSaveFile")
        self.finds_in_gui("QDir().mkpath(path);", "disk on the GUI thread: .mkpath(")
        self.finds_in_gui("std::ifstream in(path);", "disk on the GUI thread: std::ifstream")
        self.finds_in_gui("int fd = ::open(path, 0);", "disk on the GUI thread: ::open(")

    def test_lets_through_what_is_allowed_with_a_reason(self):
        self.assert_clean({"src/model/lock.cpp": "QFile file(path);\n",
                           ALLOWED: "# why\n\nwaits/disk src/model/lock.cpp Opened once before the window.\n"})

    def test_finds_an_exception_without_a_reason(self):
        self.assert_finds([f"{ALLOWED}:1: src/model/lock.cpp is allowed without a reason",
                           "src/model/lock.cpp:1: disk on the GUI thread: QFile"],
                          {"src/model/lock.cpp": "QFile file(path);\n",
                           ALLOWED: "waits/disk src/model/lock.cpp\n"})

    def test_finds_an_exception_that_is_not_needed(self):
        self.assert_finds([f"{ALLOWED}:1: src/gui/gone.cpp needs no exception from waits/wait any more"],
                          {ALLOWED: "waits/wait src/gui/gone.cpp It waited for the printer.\n"})

    def test_finds_an_exception_from_no_rule(self):
        self.assert_finds([f"{ALLOWED}:1: no such rule: waits/all"],
                          {ALLOWED: "waits/all src/gui/window.cpp It is much easier so.\n"})


if __name__ == "__main__":
    main()
