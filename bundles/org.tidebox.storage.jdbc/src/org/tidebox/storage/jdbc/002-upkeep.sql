-- What looking after a server needs. chunks.unused_since: when it was first found that no content names the chunk.
-- accounts.claims: counts claims of unused lists of entries. libraries.removed: how many versions retention has removed.
-- versions.purged: nothing but the fact of the deletion is left.

ALTER TABLE chunks ADD COLUMN unused_since BIGINT;

CREATE INDEX chunks_place ON chunks (account, pack, position);

ALTER TABLE accounts ADD COLUMN claims BIGINT NOT NULL DEFAULT 0;

ALTER TABLE libraries ADD COLUMN removed BIGINT NOT NULL DEFAULT 0;

ALTER TABLE versions ADD COLUMN purged BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE retention (
    library BIGINT NOT NULL,
    keep_last INTEGER NOT NULL,
    hourly INTEGER NOT NULL,
    daily INTEGER NOT NULL,
    weekly INTEGER NOT NULL,
    monthly INTEGER NOT NULL,
    yearly INTEGER NOT NULL,
    trash_days INTEGER NOT NULL,
    CONSTRAINT retention_key PRIMARY KEY (library)
);
