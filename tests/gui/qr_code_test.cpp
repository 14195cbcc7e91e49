#include "gui/qr_code.h"

#include <QAccessible>
#include <QImage>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using kith::gui::QrCode;
using namespace Qt::StringLiterals;

namespace {

constexpr int quietZone = 4;

const QString safety = u"kith-safety:1:127142599557802400247735367592148827954079716278805682052264"_s;
const QString invite =
    u"kith://192.168.1.7:5188/25NJQAMCWEFLPVKL73J4SZAHHIHOC4XT3KTCGJNPAINGR5YHKENA46H75X"
    "?s=AAAQEAYEAUDAOAABAIBQIBIGA4EASCQLBQGQ4D7SXA&alt=[2001:db8::7]:6000&alt=anna.example:5188"
    "&n=%C3%84nne%20%F0%9F%98%80"_s;

/// As a screen of that scale shows it in a window, over a colour that a code never has; its corner stands
/// between two device pixels where the scale is no whole number.
QImage painted(QrCode& code, QSize size, qreal scale) {
    const QPoint corner(3, 5);
    QWidget window;
    window.resize(size.width() + corner.x(), size.height() + corner.y());
    code.setParent(&window);
    code.setGeometry(QRect(corner, size));
    code.show();
    QImage image((QSizeF(window.size()) * scale).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    image.fill(Qt::magenta);
    window.render(&image, {}, {}, QWidget::DrawChildren);
    code.setParent(nullptr);
    return image;
}

/// The part of it that is not magenta.
QRect extentOf(const QImage& image) {
    QRect extent;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y) != QColor(Qt::magenta))
                extent |= QRect(x, y, 1, 1);
        }
    }
    return extent;
}

/// The length of the first run of black pixels in the row that crosses the upper left corner's mark: 7
/// modules.
int pixelsOfAModule(const QImage& image, const QRect& extent) {
    for (int y = extent.top(); y <= extent.bottom(); ++y) {
        int length = 0;
        for (int x = extent.left(); x <= extent.right(); ++x) {
            const bool black = image.pixelColor(x, y) == QColor(Qt::black);
            if (!black && length > 0)
                return length % 7 == 0 ? length / 7 : 0;
            length += black ? 1 : 0;
        }
    }
    return 0;
}

} // namespace

/// A QR code that a camera can read, on every screen and in every palette.
class QrCodeTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anotherProgramReadsIt_data();
    void anotherProgramReadsIt();
    void modulesAreWholePixels_data();
    void modulesAreWholePixels();
    void itIsDarkOnWhiteInADarkPalette();
    void itIsEmptyWhereNothingFits_data();
    void itIsEmptyWhereNothingFits();
    void itTakesAllThatASymbolHolds();
    void itPaintsNothingWhereThereIsNoRoom();
    void itIsAPictureWithANameForAScreenReader();
};

void QrCodeTest::anotherProgramReadsIt_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<qreal>("scale");
    for (const qreal scale : {1.0, 1.25, 2.0}) {
        QTest::addRow("safety number, scale %g", scale) << safety << scale;
        QTest::addRow("invite, scale %g", scale) << invite << scale;
        QTest::addRow("the longest invite, scale %g", scale)
            << invite + QString(512 - invite.size(), u'x') << scale;
    }
}

void QrCodeTest::anotherProgramReadsIt() {
    const QString program = QStandardPaths::findExecutable(u"zbarimg"_s);
    if (program.isEmpty()) {
        QVERIFY2(qEnvironmentVariable("KITH_REQUIRE_ALL") != u"1"_s, "zbarimg is not installed");
        QSKIP("zbarimg is not installed");
    }
    QFETCH(QString, text);
    QFETCH(qreal, scale);
    QrCode code;
    code.setText(text);
    QTemporaryDir folder;
    const QString file = folder.filePath(u"code.png"_s);
    QVERIFY(painted(code, code.sizeHint(), scale).save(file));
    QProcess reader;
    reader.start(program, {u"--quiet"_s, u"--raw"_s, u"-Sdisable"_s, u"-Sqrcode.enable"_s, file});
    QVERIFY(reader.waitForFinished());
    QCOMPARE(QString::fromUtf8(reader.readAllStandardOutput()).trimmed(), text);
}

void QrCodeTest::modulesAreWholePixels_data() {
    QTest::addColumn<qreal>("scale");
    QTest::addColumn<QSize>("size");
    for (const qreal scale : {1.0, 1.25, 1.5, 1.75, 2.0, 3.0}) {
        for (const QSize size : {QSize(200, 200), QSize(301, 203), QSize(157, 400)})
            QTest::addRow("%dx%d, scale %g", size.width(), size.height(), scale) << scale << size;
    }
}

void QrCodeTest::modulesAreWholePixels() {
    QFETCH(qreal, scale);
    QFETCH(QSize, size);
    QrCode code;
    code.setText(safety);
    const QImage image = painted(code, size, scale);
    const QRect extent = extentOf(image);
    QCOMPARE(extent.width(), extent.height());
    const int module = pixelsOfAModule(image, extent);
    QVERIFY(module > 0);
    const int modules = extent.width() / module;
    QCOMPARE(extent.width() % module, 0);
    QCOMPARE((modules - 2 * quietZone - 17) % 4, 0); // ISO/IEC 18004: 21 modules, and 4 more a version
    // The largest that fits, between two device pixels or not.
    const QSizeF room = QSizeF(size) * scale;
    QVERIFY(modules * (module + 1) > int(std::min(room.width(), room.height())) - 1);

    for (int y = extent.top(); y <= extent.bottom(); ++y) {
        for (int x = extent.left(); x <= extent.right(); ++x) {
            const int column = (x - extent.left()) / module;
            const int row = (y - extent.top()) / module;
            const QColor colour = image.pixelColor(x, y);
            QVERIFY(colour == QColor(Qt::black) || colour == QColor(Qt::white));
            QCOMPARE(colour, image.pixelColor(extent.left() + column * module, extent.top() + row * module));
            const bool quiet = std::min({column, row, modules - 1 - column, modules - 1 - row}) < quietZone;
            QVERIFY(!quiet || colour == QColor(Qt::white));
        }
    }
}

void QrCodeTest::itIsDarkOnWhiteInADarkPalette() {
    QrCode code;
    code.setText(safety);
    const QImage before = painted(code, {200, 200}, 1);
    code.setPalette(QPalette(Qt::black, Qt::black, Qt::white, Qt::black, Qt::darkGray, Qt::white, Qt::black));
    QVERIFY(painted(code, {200, 200}, 1) == before);
}

void QrCodeTest::itIsEmptyWhereNothingFits_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("no text") << QString();
    QTest::newRow("not ASCII") << u"Änne"_s;
    QTest::newRow("a NUL") << QString(QChar(u'\0'));
    QTest::newRow("more than a symbol holds") << QString(2332, u'x');
}

void QrCodeTest::itIsEmptyWhereNothingFits() {
    QFETCH(QString, text);
    QrCode code;
    code.setText(safety);
    QVERIFY(!code.isEmpty());
    code.setText(text);
    QVERIFY(code.isEmpty());
    QVERIFY(code.sizeHint().isEmpty());
    QVERIFY(extentOf(painted(code, {200, 200}, 1)).isEmpty());
}

// ISO/IEC 18004, table 7: version 40 at level M holds 2,331 bytes.
void QrCodeTest::itTakesAllThatASymbolHolds() {
    QrCode code;
    code.setText(QString(2331, u'x'));
    QVERIFY(!code.isEmpty());
    QCOMPARE(code.sizeHint().width(), code.sizeHint().height());
}

void QrCodeTest::itPaintsNothingWhereThereIsNoRoom() {
    QrCode code;
    code.setText(safety);
    QVERIFY(extentOf(painted(code, {30, 200}, 1)).isEmpty());
    QVERIFY(!extentOf(painted(code, {30, 200}, 2)).isEmpty());
}

void QrCodeTest::itIsAPictureWithANameForAScreenReader() {
    QrCode code;
    code.setAccessibleName(u"Safety number as a QR code"_s);
    code.setAccessibleDescription(u"For Ann's camera"_s);
    QAccessibleInterface* seen = QAccessible::queryAccessibleInterface(&code);
    QVERIFY(seen != nullptr);
    QCOMPARE(seen->role(), QAccessible::Graphic);
    QCOMPARE(seen->text(QAccessible::Name), code.accessibleName());
    QCOMPARE(seen->text(QAccessible::Description), code.accessibleDescription());
}

QTEST_MAIN(QrCodeTest)
#include "qr_code_test.moc"
