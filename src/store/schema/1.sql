-- Version 1: who there is, and what was said.
-- Times are milliseconds since 1970 UTC. Order is always that of entry.id, never of a time.

-- The person's own choices; names and values are the model's.
CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Somebody known by a key (Ed25519, 32 bytes). name is what they call themselves, alias what our person
-- calls them ('' where nothing). trust: 0 unverified, 1 verified by an invite, 2 verified by comparing.
CREATE TABLE contact (
    id    INTEGER PRIMARY KEY,
    key   BLOB NOT NULL UNIQUE CHECK (length(key) = 32),
    name  TEXT NOT NULL DEFAULT '',
    alias TEXT NOT NULL DEFAULT '',
    trust INTEGER NOT NULL DEFAULT 0,
    met   INTEGER NOT NULL
) STRICT;

-- kind: 1 plain text, each connection its own; 2 with a contact, one each. ended: 0 while it goes on.
CREATE TABLE conversation (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    kind         INTEGER NOT NULL,
    contact      INTEGER UNIQUE REFERENCES contact (id),
    address      TEXT NOT NULL DEFAULT '',
    title        TEXT NOT NULL DEFAULT '',
    started      INTEGER NOT NULL,
    ended        INTEGER NOT NULL DEFAULT 0,
    keep_history INTEGER NOT NULL DEFAULT 1,
    draft        TEXT NOT NULL DEFAULT ''
) STRICT;

-- id is the local order and is never used twice. uid is the entry's own random id, 16 bytes.
-- kind: 1 text. state: 0 received; of our own 1 waiting, 2 sent, 3 delivered, 4 read, 5 failed.
-- failure: the code of core::Reason, '' where there is none.
CREATE TABLE entry (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL REFERENCES conversation (id),
    uid          BLOB NOT NULL CHECK (length(uid) = 16),
    mine         INTEGER NOT NULL,
    kind         INTEGER NOT NULL,
    state        INTEGER NOT NULL,
    failure      TEXT NOT NULL DEFAULT '',
    written      INTEGER NOT NULL,
    arrived      INTEGER NOT NULL,
    text         TEXT NOT NULL
) STRICT;

CREATE INDEX entry_by_conversation ON entry (conversation);

-- Ids are unique per peer (PROTOCOL.md, "Frames"); random bytes first, as they tell most.
CREATE UNIQUE INDEX entry_by_uid ON entry (uid, conversation);
