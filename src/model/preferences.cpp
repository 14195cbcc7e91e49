#include "model/preferences.h"

#include "core/limits.h"
#include "core/text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <limits>

#include <pwd.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace kith::model {

namespace bounds = core::limits;

namespace {

QString cleaned(const QString& name) {
    return QString::fromStdString(core::cleanName(name.toStdString()));
}

/// The full name of the login (the first part of GECOS), or the login itself.
QString loginName() {
    const passwd* entry = ::getpwuid(::geteuid());
    if (entry == nullptr)
        return cleaned(qEnvironmentVariable("USER"));
    const QString full = cleaned(
        QString::fromLocal8Bit(entry->pw_gecos != nullptr ? entry->pw_gecos : "").section(u',', 0, 0));
    return full.isEmpty() ? cleaned(QString::fromLocal8Bit(entry->pw_name)) : full;
}

bool isPort(const QJsonValue& value) {
    const int number = value.toInt(-1);
    return number >= 0 && number <= std::numeric_limits<quint16>::max();
}

QStringList addressesOf(const QJsonArray& array) {
    QStringList addresses;
    for (const auto& value : array) {
        const QString address = value.toString();
        if (addresses.size() < static_cast<qsizetype>(bounds::recentAddresses) && !address.isEmpty() &&
            address.size() <= static_cast<qsizetype>(bounds::addressInput))
            addresses.append(address);
    }
    return addresses;
}

} // namespace

Preferences::Preferences(QObject* parent)
    : QObject(parent) {
    values_.name = loginName();
}

void Preferences::setName(const QString& name) {
    Values values = values_;
    values.name = cleaned(name);
    if (!values.name.isEmpty())
        set(values);
}

void Preferences::setPort(quint16 port) {
    Values values = values_;
    values.port = port;
    set(values);
}

void Preferences::setWasHosting(bool hosting) {
    Values values = values_;
    values.wasHosting = hosting;
    set(values);
}

void Preferences::setHostAgain(bool on) {
    Values values = values_;
    values.hostAgain = on;
    set(values);
}

void Preferences::setPlainFromThisComputer(bool on) {
    Values values = values_;
    values.plainFromThisComputer = on;
    set(values);
}

void Preferences::setPlainFromNetwork(bool on) {
    Values values = values_;
    values.plainFromNetwork = on;
    set(values);
}

void Preferences::addRecentAddress(const QString& address) {
    if (address.isEmpty() || address.size() > static_cast<qsizetype>(bounds::addressInput))
        return;
    Values values = values_;
    values.recentAddresses.removeAll(address);
    values.recentAddresses.prepend(address);
    while (values.recentAddresses.size() > static_cast<qsizetype>(bounds::recentAddresses))
        values.recentAddresses.removeLast();
    set(values);
}

void Preferences::setGeometry(const QByteArray& geometry) {
    if (geometry.size() > static_cast<qsizetype>(bounds::windowGeometry))
        return;
    Values values = values_;
    values.geometry = geometry;
    set(values);
}

void Preferences::set(const Values& values) {
    if (values == values_)
        return;
    values_ = values;
    Q_EMIT changed();
}

QByteArray Preferences::toBytes() const {
    const QJsonObject object{
        {u"name"_s, values_.name},
        {u"port"_s, values_.port},
        {u"wasHosting"_s, values_.wasHosting},
        {u"hostAgain"_s, values_.hostAgain},
        {u"plainFromThisComputer"_s, values_.plainFromThisComputer},
        {u"plainFromNetwork"_s, values_.plainFromNetwork},
        {u"recentAddresses"_s, QJsonArray::fromStringList(values_.recentAddresses)},
        {u"geometry"_s, QString::fromLatin1(values_.geometry.toBase64())},
    };
    return QJsonDocument(object).toJson(QJsonDocument::Indented);
}

bool Preferences::fromBytes(const QByteArray& bytes) {
    if (bytes.size() > static_cast<qsizetype>(bounds::settingsFile))
        return false;
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    if (!document.isObject())
        return false;
    const QJsonObject object = document.object();
    Values values = values_;
    // Each value by itself: one that makes no sense, or that an older Kith did not know, stays as it is.
    if (const QString name = cleaned(object["name"_L1].toString()); !name.isEmpty())
        values.name = name;
    if (isPort(object["port"_L1]))
        values.port = static_cast<quint16>(object["port"_L1].toInt());
    values.wasHosting = object["wasHosting"_L1].toBool(values.wasHosting);
    values.hostAgain = object["hostAgain"_L1].toBool(values.hostAgain);
    values.plainFromThisComputer = object["plainFromThisComputer"_L1].toBool(values.plainFromThisComputer);
    values.plainFromNetwork = object["plainFromNetwork"_L1].toBool(values.plainFromNetwork);
    if (object["recentAddresses"_L1].isArray())
        values.recentAddresses = addressesOf(object["recentAddresses"_L1].toArray());
    const auto geometry = QByteArray::fromBase64Encoding(object["geometry"_L1].toString().toLatin1(),
                                                         QByteArray::AbortOnBase64DecodingErrors);
    if (object["geometry"_L1].isString() && geometry &&
        (*geometry).size() <= static_cast<qsizetype>(bounds::windowGeometry))
        values.geometry = *geometry;
    set(values);
    return true;
}

} // namespace kith::model
