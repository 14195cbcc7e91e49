// The sentence of each reason, by what it is about. Inside words/ alone; GUI thread.
#pragma once

#include "words/sentences.h"

#include <QCoreApplication>

namespace kith::words {

/// The translation context of everything in this folder. Never made; it lends its tr() to free functions.
class Sentences final {
    Q_DECLARE_TR_FUNCTIONS(Sentences)
public:
    Sentences() = delete;
};

/// The host of the address, and all of it, as people read them.
[[nodiscard]] inline QString hostOf(const Values& values) {
    return QString::fromStdString(values.where.host);
}
[[nodiscard]] inline QString placeOf(const Values& values) {
    return QString::fromStdString(core::toDisplay(values.where));
}
/// The peer's name where one is known, its host otherwise.
[[nodiscard]] inline QString peerOf(const Values& values) {
    return values.peer.isEmpty() ? hostOf(values) : values.peer;
}

/// How a conversation that was or could have been open ended.
[[nodiscard]] Sentence conversationEnd(core::Reason reason, const Values& values);
/// Why a connection could not be made.
[[nodiscard]] Sentence connectFailure(core::Reason reason, const Values& values);
/// Why it could not be settled who is there, or that it is somebody unwanted.
[[nodiscard]] Sentence trustFailure(core::Reason reason, const Values& values);
/// What a secure peer did that ended its session.
[[nodiscard]] Sentence sessionFailure(core::Reason reason, const Values& values);
/// What is wrong with an invite, a Kith ID, a key or its passphrase.
[[nodiscard]] Sentence broughtFailure(core::Reason reason, const Values& values);
/// Why hosting is not possible.
[[nodiscard]] Sentence hostFailure(core::Reason reason, const Values& values);
/// What became of a worker process.
[[nodiscard]] Sentence workerFailure(core::Reason reason, const Values& values);
/// What is wrong with the history.
[[nodiscard]] Sentence storeFailure(core::Reason reason, const Values& values);
/// What is wrong with a file that a person chose.
[[nodiscard]] Sentence fileFailure(core::Reason reason, const Values& values);
/// What the program itself could not do.
[[nodiscard]] Sentence programFailure(core::Reason reason, const Values& values);

} // namespace kith::words
