// What a person has chosen, kept in the profile.
#pragma once

#include "core/limits.h"

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QString>
#include <QStringList>

namespace kith::model {

/// The settings of one profile, all in memory, so that reading one never waits; written behind by their
/// keeper (see model/profile_settings.h). Owned by main(); GUI thread.
class Preferences final : public QObject {
    Q_OBJECT

public:
    explicit Preferences(QObject* parent = nullptr);

    /// The name that people one connects with see; from the login at first. Cleaned and bounded.
    [[nodiscard]] const QString& name() const { return values_.name; }
    void setName(const QString& name);

    /// The port last hosted on.
    [[nodiscard]] quint16 port() const { return values_.port; }
    void setPort(quint16 port);

    /// Kith was hosting when it was last closed, and hosts again at start if hostAgain() is on.
    [[nodiscard]] bool wasHosting() const { return values_.wasHosting; }
    void setWasHosting(bool hosting);
    [[nodiscard]] bool hostAgain() const { return values_.hostAgain; }
    void setHostAgain(bool on);

    /// Plain text from this computer (on at first, and asks) and from the network (off at first).
    [[nodiscard]] bool plainFromThisComputer() const { return values_.plainFromThisComputer; }
    void setPlainFromThisComputer(bool on);
    [[nodiscard]] bool plainFromNetwork() const { return values_.plainFromNetwork; }
    void setPlainFromNetwork(bool on);

    /// Strangers are not asked about, but closed without a word (off at first).
    [[nodiscard]] bool onlyKnown() const { return values_.onlyKnown; }
    void setOnlyKnown(bool on);
    /// Strangers come in without a question (off at first). Of this and onlyKnown() one at most is on: the
    /// one that was chosen last.
    [[nodiscard]] bool everybody() const { return values_.everybody; }
    void setEverybody(bool on);
    /// Neither of the two.
    void askAboutStrangers();
    /// Contacts are told where this Kith hosts (on at first).
    [[nodiscard]] bool tellsAddresses() const { return values_.tellsAddresses; }
    void setTellsAddresses(bool on);

    /// Workers go on where this computer cannot confine them (off at first; see core/sandbox.h).
    [[nodiscard]] bool sandboxOptional() const { return values_.sandboxOptional; }
    void setSandboxOptional(bool on);

    /// Addresses that were connected to, newest first, at most limits::recentAddresses.
    [[nodiscard]] const QStringList& recentAddresses() const { return values_.recentAddresses; }
    void addRecentAddress(const QString& address);

    /// Where the window was: what QWidget::saveGeometry() gave, opaque here.
    [[nodiscard]] const QByteArray& geometry() const { return values_.geometry; }
    void setGeometry(const QByteArray& geometry);

    /// All of them as names and values, for whoever keeps them, and back. A value that makes no sense, or
    /// that an older Kith did not know, changes nothing.
    [[nodiscard]] QHash<QString, QString> toEntries() const;
    void take(const QHash<QString, QString>& entries);

Q_SIGNALS:
    void changed();

private:
    /// All settings, as a value to compare and keep.
    struct Values {
        QString name;
        quint16 port = core::limits::defaultPort;
        bool wasHosting = false;
        bool hostAgain = true;
        bool plainFromThisComputer = true;
        bool plainFromNetwork = false;
        bool onlyKnown = false;
        bool everybody = false;
        bool tellsAddresses = true;
        bool sandboxOptional = false;
        QStringList recentAddresses;
        QByteArray geometry;
        bool operator==(const Values&) const = default;
    };

    void set(const Values& values);

    Values values_;
};

} // namespace kith::model
