"""Plants layouts by hand, windows without forms and forms with faults."""

from tree import Planted, main

FORM = """<?xml version="1.0" encoding="UTF-8"?>
<ui version="4.0">
 <class>kith::gui::MainWindow</class>
 <widget class="QMainWindow" name="MainWindow">
  <widget class="QPushButton" name="host">
   <property name="text"><string>Host</string></property>
  </widget>
  <widget class="QLabel" name="label">
   <property name="buddy"><cstring>address</cstring></property>
  </widget>
  <widget class="QLineEdit" name="address"/>
  <widget class="kith::gui::MessageView" name="messages">
   <property name="accessibleName"><string>Messages</string></property>
  </widget>
 </widget>
 <customwidgets>
  <customwidget>
   <class>kith::gui::MessageView</class>
   <extends>QListView</extends>
   <header>gui/main_window.h</header>
  </customwidget>
 </customwidgets>
</ui>
"""


class Layouts(Planted):
    LINT = "layouts"
    CLEAN = {
        "src/gui/main_window.h": "class QVBoxLayout;\nclass QDialog;\nclass MainWindow final : public QMainWindow {\n"
                                 "    Q_OBJECT\npublic:\n    int x = 1;\n};\n"
                                 "class Bar final : public QWidget {};\n",
        "src/gui/main_window.cpp": '// new QVBoxLayout\nauto t = "new QVBoxLayout"; new QLayoutItemCounter; new QTextLayout(text);\n',
        "forms/MainWindow.ui": FORM,
    }

    def test_passes_layouts_in_forms(self):
        self.assert_clean()

    def test_finds_a_layout_made_by_hand(self):
        for code in ("new QVBoxLayout(this);", "new QHBoxLayout;", "new QGridLayout", "new QFormLayout(a)",
                     "new QStackedLayout", "new QBoxLayout(d)", "std::make_unique<QVBoxLayout>();",
                     "QVBoxLayout layout(this);"):
            self.assert_finds(["src/gui/bar.cpp:2: a layout made by hand: it belongs in a form"],
                              {"src/gui/bar.cpp": f"\n{code}\n"})

    def test_lets_through_a_layout_that_is_allowed_with_a_reason(self):
        self.assert_clean({"src/gui/bar.cpp": "new QVBoxLayout;\n",
                           "tests/lint/allowed.txt": "layouts/new src/gui/bar.cpp One row for each request.\n"})

    def test_finds_a_dialog_without_a_form(self):
        self.assert_finds(["src/gui/connect_dialog.h:2: ConnectDialog has no form: forms/ConnectDialog.ui"],
                          {"src/gui/connect_dialog.h": "\nclass ConnectDialog final : public QDialog {\n};\n"})

    def test_finds_a_dialog_by_its_grandparent(self):
        self.assert_finds(["src/gui/a.h:1: Ask has no form: forms/Ask.ui",
                           "src/gui/a.h:2: AskTwice has no form: forms/AskTwice.ui"],
                          {"src/gui/a.h": "class Ask : public QDialog {};\n"
                                           "class AskTwice : public QObject, public Ask {};\n"})

    def test_finds_a_form_that_is_not_well_formed(self):
        self.assert_finds(["forms/MainWindow.ui:3: not well-formed: mismatched tag: line 3, column 2"],
                          {"forms/MainWindow.ui": "<ui>\n<class>MainWindow\n</clas></ui>\n"})

    def test_finds_a_form_without_a_class(self):
        self.assert_finds(["forms/MainWindow.ui:1: not a form: no <class> in an <ui>"],
                          {"forms/MainWindow.ui": "<ui/>\n"})

    def test_finds_a_form_of_a_class_that_is_not_there(self):
        self.assert_finds(["forms/MainWindow.ui:3: src/gui has no class Gone"],
                          {"forms/MainWindow.ui": FORM.replace("kith::gui::MainWindow", "Gone")})

    def test_finds_a_control_without_a_name(self):
        self.assert_finds(["forms/MainWindow.ui:5: QPushButton host has no accessible name"],
                          {"forms/MainWindow.ui": FORM.replace("<string>Host</string>", "<string/>")})
        self.assert_finds(["forms/MainWindow.ui:11: QLineEdit address has no accessible name"],
                          {"forms/MainWindow.ui": FORM.replace("<cstring>address", "<cstring>other")})

    def test_finds_a_promoted_control_without_a_name(self):
        self.assert_finds(["forms/MainWindow.ui:12: kith::gui::MessageView messages has no accessible name"],
                          {"forms/MainWindow.ui": FORM.replace("accessibleName", "toolTip")})

    def test_finds_a_promoted_control_without_its_header(self):
        self.assert_finds(["forms/MainWindow.ui:20: no such header: gui/view.h"],
                          {"forms/MainWindow.ui": FORM.replace("gui/main_window.h", "gui/view.h")})


if __name__ == "__main__":
    main()
