// The files that an identity key is kept in. Called on the identity's own thread alone: all of it waits for
// the disk.
#pragma once

#include "core/result.h"
#include "core/signing.h"

#include <QString>

#include <string_view>

namespace kith::model {

/// The key of a profile, as PKCS#8 without a passphrase. `file` is opened without following a link and looked
/// at through its descriptor: it belongs to this user and nobody else may read it. Where there is no such
/// file, one is made with a fresh key: written beside it (0600), flushed, and linked to the name, which never
/// takes another file's place. Errors: IdentityUnusable with errno; KeyFileInvalid (it is there, and is no
/// key).
[[nodiscard]] core::Result<core::SigningKey> readOrMakeKey(const QString& file);

/// Makes `key` the one of `file`. What is there is put aside first (FILE.replaced-TIME), whatever it is; at
/// no moment is there nothing under the name, so that a loss of power leaves the one key or the other. Where
/// it is that key already, nothing changes. Errors: FileFailed, StoreFull.
[[nodiscard]] core::Status replaceKey(const QString& file, const core::SigningKey& key);

/// For a person to keep: under a passphrase, 0600. Never in the place of `own`, the profile's own file.
/// Errors: FileExists, FileFailed, StoreFull.
[[nodiscard]] core::Status exportKey(const QString& file, const QString& own, const core::SigningKey& key,
                                     std::string_view passphrase, bool replace);

/// What exportKey() wrote, wherever a person has put it. Errors: KeyFileInvalid, PassphraseWrong, FileFailed.
[[nodiscard]] core::Result<core::SigningKey> readExportedKey(const QString& file,
                                                             std::string_view passphrase);

} // namespace kith::model
