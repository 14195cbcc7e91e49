// The control of the first window: the least that a Qt Widgets program shows. It runs until it is ended.
#include <QApplication>
#include <QMainWindow>

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QMainWindow window;
    window.resize(960, 640); // the size of Kith's
    window.show();
    return QApplication::exec();
}
