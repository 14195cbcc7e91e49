#include "words/end_sentences.h"

namespace kith::words {

using core::Reason;

Sentence storeFailure(Reason reason, const Values& values) {
    Q_UNUSED(values)
    if (reason == Reason::StoreNewer)
        return {Sentences::tr("This history was written by a newer Kith."),
                Sentences::tr("Install that version again, or a later one. Nothing was changed."),
                {Action::Quit, Action::Details},
                {}};
    if (reason == Reason::StoreDamaged)
        return {Sentences::tr("The history of this profile is damaged."),
                Sentences::tr("A copy was made, and what can be read is shown. Nothing was deleted. New "
                              "messages are not kept until a new history is begun."),
                {Action::BeginNewHistory, Action::ShowFiles, Action::Details},
                {}};
    if (reason == Reason::StoreReadOnly)
        return {
            Sentences::tr("The history can be read, but not written."),
            Sentences::tr("Check the permissions of the profile's folder, and whether its disk is mounted "
                          "read-only. New messages are not kept."),
            {Action::TryAgain, Action::ShowFiles, Action::Details},
            {}};
    if (reason == Reason::StoreFull)
        return {Sentences::tr("Your disk is full."),
                Sentences::tr("The message stays in the box, unsent. Clearing a history makes room."),
                {Action::TryAgain, Action::Details},
                {}};
    if (reason == Reason::StoreLocked)
        return {Sentences::tr("Another program is using the history."),
                Sentences::tr("A backup program may be reading it. Try again when it is done."),
                {Action::TryAgain, Action::Details},
                {}};
    return {Sentences::tr("The history cannot be opened."),
            Sentences::tr("Check that the profile's folder is there, and yours."),
            {Action::TryAgain, Action::ShowFiles, Action::Details},
            {}};
}

Sentence fileFailure(Reason reason, const Values& values) {
    if (reason == Reason::FileExists)
        return {Sentences::tr("There is a file of that name already."),
                values.file,
                {Action::Replace, Action::ChooseAnotherFile},
                {}};
    if (reason == Reason::BackupInvalid)
        return {Sentences::tr("This is not a whole backup of Kith's."),
                Sentences::tr("It may have been cut off or changed on its way. Nothing was restored."),
                {Action::ChooseAnotherFile, Action::Details},
                {}};
    if (reason == Reason::ProfileOccupied)
        return {
            Sentences::tr("This profile has a history already."),
            Sentences::tr("Restoring puts what is there aside, in a folder of its own; nothing is deleted."),
            {Action::Restore, Action::Close},
            {}};
    return {Sentences::tr("The file could not be read or written."),
            values.file,
            {Action::ChooseAnotherFile, Action::Details},
            {}};
}

} // namespace kith::words
