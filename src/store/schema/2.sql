-- Version 2: search, unread counts and previews that cost nothing to read, erasing in small steps, streams,
-- addresses, invites, blocks.

-- Words as store/fold.h makes them, and under place the tokens 'c' conversation, 'd' day and 'm' month
-- (30 days) of arrival. Contentless: the text is in entry alone, and erasing makes the same words again.
-- The ascii tokenizer takes every character above 127 for part of a word, so that fold.h alone decides.
CREATE VIRTUAL TABLE entry_words USING fts5 (
    words, place,
    content = '', columnsize = 0, prefix = '1 2 3', tokenize = 'ascii'
);

-- So that a merge that erasing began is brought to its end (store/erase.h).
INSERT INTO entry_words (entry_words, rank) VALUES ('usermerge', 2);

-- unread and last_entry follow from entry and are kept with it in the same transaction. activity orders the
-- list of conversations: the id of the entry that was newest when something last happened here.
-- Entries up to hidden_to are being erased and are seen by nobody; removed: the conversation itself too.
ALTER TABLE conversation ADD COLUMN unread INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN last_entry INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN activity INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN hidden_to INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;

UPDATE conversation SET
    last_entry = coalesce((SELECT max(id) FROM entry WHERE entry.conversation = conversation.id), 0);
UPDATE conversation SET activity = last_entry;

-- One direction of one conversation (PROTOCOL.md, "Frames"): uid is the stream id. last_number and last_uid
-- are the last entry committed of it; ended streams get nothing more.
CREATE TABLE stream (
    id           INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL REFERENCES conversation (id),
    mine         INTEGER NOT NULL,
    uid          BLOB NOT NULL CHECK (length(uid) = 16),
    begun        INTEGER NOT NULL,
    last_number  INTEGER NOT NULL DEFAULT 0,
    last_uid     BLOB,
    ended        INTEGER NOT NULL DEFAULT 0,
    UNIQUE (conversation, mine, uid)
) STRICT;

-- stream: 0 where there is none (plain text). refers: the uid of the entry that this one answers or changes.
ALTER TABLE entry ADD COLUMN stream INTEGER NOT NULL DEFAULT 0;
ALTER TABLE entry ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE entry ADD COLUMN refers BLOB;

-- Public keys that this profile has been. The secret key is never in this file.
CREATE TABLE identity (
    key  BLOB NOT NULL PRIMARY KEY CHECK (length(key) = 32),
    used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Where a contact was reached. network: the network it was learned on, '' for an address of everywhere.
CREATE TABLE contact_address (
    contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    host    TEXT NOT NULL,
    port    INTEGER NOT NULL,
    network TEXT NOT NULL DEFAULT '',
    seen    INTEGER NOT NULL,
    PRIMARY KEY (contact, host, port, network)
) STRICT, WITHOUT ROWID;

-- used_by: the key it is spent on and bound to.
CREATE TABLE invite (
    id      BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 8),
    secret  BLOB NOT NULL CHECK (length(secret) = 16),
    made    INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    used_by BLOB,
    used    INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- kind 1: who is a public key (32 bytes); kind 2: an address as UTF-8.
CREATE TABLE block (
    kind  INTEGER NOT NULL,
    who   BLOB NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (kind, who)
) STRICT, WITHOUT ROWID;

-- What the store knows about itself: 'erasing' while deleted text may still be in the files, 'restored' the
-- time this file was restored from a backup, 'closed' whether it was closed well.
CREATE TABLE mark (
    name  TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
