#!/usr/bin/env python3
"""Makes v1.sqlite: a history as version 1 of the schema had it, with the statements of src/store/schema/1.sql.

The file is kept, so that migrating is tested against bytes of that time; run this again only for a further
kept version. Usage: make_v1.py SCHEMA.sql OUT.sqlite
"""
import hashlib
import sqlite3
import sys

NOON = 1_714_564_800_000


def main(schema: str, out: str) -> None:
    database = sqlite3.connect(out)
    database.execute("PRAGMA auto_vacuum = INCREMENTAL")
    database.execute("PRAGMA journal_mode = WAL")
    with open(schema, encoding="utf-8") as file:
        database.executescript(file.read())
    database.execute("PRAGMA application_id = 0x4B697468")
    database.execute("PRAGMA user_version = 1")
    database.execute("INSERT INTO setting VALUES ('name', 'Ann')")
    key = hashlib.sha256(b"Bob").digest()
    database.execute("INSERT INTO contact (key, name, alias, trust, met) VALUES (?, 'Bob', 'Bobby', 2, ?)", (key, NOON))
    database.execute("INSERT INTO conversation (kind, contact, started, draft) VALUES (2, 1, ?, 'half a thou')", (NOON,))
    database.execute("INSERT INTO conversation (kind, address, started, ended) VALUES (1, '127.0.0.1:5000', ?, ?)",
                     (NOON, NOON + 5000))
    texts = [(1, 0, "hello from the first version"), (1, 1, "你好，世界"), (2, 0, "plain text, and it migrates"),
             (1, 0, "Crème brûlée")]
    for number, (conversation, mine, text) in enumerate(texts):
        database.execute(
            "INSERT INTO entry (conversation, uid, mine, kind, state, written, arrived, text)"
            " VALUES (?, ?, ?, 1, ?, ?, ?, ?)",
            (conversation, hashlib.md5(str(number).encode()).digest(), mine, 2 if mine else 0,
             NOON + number * 1000, NOON + number * 1000, text))
    database.commit()
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
