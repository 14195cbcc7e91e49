// A safety number as dialogs show it. GUI thread.
#pragma once

#include "core/bytes.h"

#include <QString>

#include <functional>

QT_BEGIN_NAMESPACE
class QObject;
QT_END_NAMESPACE

namespace kith::model {
class Identity;
}

namespace kith::gui {

/// The number between our own key and another's: in four rows of three groups, and as the text of its QR
/// code.
struct SafetyText {
    QString rows;
    QString code;
};

/// Makes it on the identity's thread, as it takes some milliseconds, and calls `then` with it in the GUI
/// thread, unless `context` is gone by then or there is no identity.
void makeSafetyText(model::Identity& identity, const core::PublicKey& other, QObject* context,
                    std::function<void(const SafetyText&)> then);

} // namespace kith::gui
