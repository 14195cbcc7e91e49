#!/usr/bin/env python3
"""Makes v2.sqlite: people, addresses and invites as version 2 of the schema had them, with the statements of
src/store/schema/1.sql and 2.sql. Nothing was said yet.

The file is kept, so that migrating is tested against bytes of that time; run this again only for a further
kept version. Usage: make_v2.py 1.sql 2.sql OUT.sqlite
"""
import hashlib
import sqlite3
import sys

NOON = 1_714_564_800_000


def key_of(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()


def main(first: str, second: str, out: str) -> None:
    database = sqlite3.connect(out)
    database.execute("PRAGMA auto_vacuum = INCREMENTAL")
    database.execute("PRAGMA journal_mode = WAL")
    for schema in (first, second):
        with open(schema, encoding="utf-8") as file:
            database.executescript(file.read())
    database.execute("PRAGMA application_id = 0x4B697468")
    database.execute("PRAGMA user_version = 2")
    # Bob came by our invite, we came to Carol by hers, Dan was compared and came by our invite as well.
    for name, trust in (("Bob", 1), ("Carol", 1), ("Dan", 2)):
        database.execute("INSERT INTO contact (key, name, trust, met) VALUES (?, ?, ?, ?)",
                         (key_of(name), name, trust, NOON))
    database.execute("INSERT INTO contact_address VALUES (2, '192.0.2.1', 5188, '', ?)", (NOON,))
    for number, name in enumerate(("Bob", "Dan", None)):
        database.execute("INSERT INTO invite VALUES (?, ?, ?, ?, ?, ?)",
                         (bytes([number] * 8), bytes([number] * 16), NOON, NOON + 604_800_000,
                          key_of(name) if name else None, NOON if name else 0))
    database.commit()
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], sys.argv[3])
