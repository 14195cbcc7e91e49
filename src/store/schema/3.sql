-- Version 3: what tells a proof from what somebody only said.

-- expected: our person has let them in ahead, whatever they know of us; used up when they come.
ALTER TABLE contact ADD COLUMN expected INTEGER NOT NULL DEFAULT 0;

-- reached: their key has answered there; 0 where they only told it. Which it was is not known of the addresses
-- of version 2: their keys go on being expected there.
ALTER TABLE contact_address ADD COLUMN reached INTEGER NOT NULL DEFAULT 0;
UPDATE contact_address SET reached = 1;

-- shown: it was made to be shown by a program that hosts, and for nobody.
ALTER TABLE invite ADD COLUMN shown INTEGER NOT NULL DEFAULT 0;

-- Version 2 took whoever brought an invite of ours for verified. It proves our key to them, not theirs to us.
UPDATE contact SET trust = 0 WHERE trust = 1 AND key IN (SELECT used_by FROM invite);
