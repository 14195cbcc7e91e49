#include "model/preferences.h"

#include "core/limits.h"
#include "core/text.h"

#include <QJsonArray>
#include <QJsonDocument>

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

QString textOf(bool on) {
    return on ? u"true"_s : u"false"_s;
}

void takeSwitch(const QHash<QString, QString>& entries, const QString& name, bool& value) {
    const QString text = entries.value(name);
    if (text == u"true")
        value = true;
    else if (text == u"false")
        value = false;
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

void Preferences::setOnlyKnown(bool on) {
    Values values = values_;
    values.onlyKnown = on;
    values.everybody = values.everybody && !on;
    set(values);
}

void Preferences::setEverybody(bool on) {
    Values values = values_;
    values.everybody = on;
    values.onlyKnown = values.onlyKnown && !on;
    set(values);
}

void Preferences::askAboutStrangers() {
    Values values = values_;
    values.onlyKnown = false;
    values.everybody = false;
    set(values);
}

void Preferences::setTellsAddresses(bool on) {
    Values values = values_;
    values.tellsAddresses = on;
    set(values);
}

void Preferences::setSandboxOptional(bool on) {
    Values values = values_;
    values.sandboxOptional = on;
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

QHash<QString, QString> Preferences::toEntries() const {
    return {
        {u"name"_s, values_.name},
        {u"port"_s, QString::number(values_.port)},
        {u"wasHosting"_s, textOf(values_.wasHosting)},
        {u"hostAgain"_s, textOf(values_.hostAgain)},
        {u"plainFromThisComputer"_s, textOf(values_.plainFromThisComputer)},
        {u"plainFromNetwork"_s, textOf(values_.plainFromNetwork)},
        {u"onlyKnown"_s, textOf(values_.onlyKnown)},
        {u"everybody"_s, textOf(values_.everybody)},
        {u"tellsAddresses"_s, textOf(values_.tellsAddresses)},
        {u"sandboxOptional"_s, textOf(values_.sandboxOptional)},
        {u"recentAddresses"_s,
         QString::fromUtf8(QJsonDocument(QJsonArray::fromStringList(values_.recentAddresses))
                               .toJson(QJsonDocument::Compact))},
        {u"geometry"_s, QString::fromLatin1(values_.geometry.toBase64())},
    };
}

void Preferences::take(const QHash<QString, QString>& entries) {
    Values values = values_;
    if (const QString name = cleaned(entries.value(u"name"_s)); !name.isEmpty())
        values.name = name;
    bool isPort = false;
    const ushort port = entries.value(u"port"_s).toUShort(&isPort);
    if (isPort)
        values.port = port;
    takeSwitch(entries, u"wasHosting"_s, values.wasHosting);
    takeSwitch(entries, u"hostAgain"_s, values.hostAgain);
    takeSwitch(entries, u"plainFromThisComputer"_s, values.plainFromThisComputer);
    takeSwitch(entries, u"plainFromNetwork"_s, values.plainFromNetwork);
    takeSwitch(entries, u"onlyKnown"_s, values.onlyKnown);
    takeSwitch(entries, u"everybody"_s, values.everybody);
    values.everybody = values.everybody && !values.onlyKnown; // a file that was changed by hand
    takeSwitch(entries, u"tellsAddresses"_s, values.tellsAddresses);
    takeSwitch(entries, u"sandboxOptional"_s, values.sandboxOptional);
    const QJsonDocument addresses = QJsonDocument::fromJson(entries.value(u"recentAddresses"_s).toUtf8());
    if (addresses.isArray())
        values.recentAddresses = addressesOf(addresses.array());
    const auto geometry = QByteArray::fromBase64Encoding(entries.value(u"geometry"_s).toLatin1(),
                                                         QByteArray::AbortOnBase64DecodingErrors);
    if (entries.contains(u"geometry"_s) && geometry &&
        (*geometry).size() <= static_cast<qsizetype>(bounds::windowGeometry))
        values.geometry = *geometry;
    set(values);
}

} // namespace kith::model
