-- chunks.damaged_since: when it was found that the bytes of the chunk are not what was stored. wanted: which contents
-- need a damaged or lost chunk, so that devices are asked for them.

ALTER TABLE chunks ADD COLUMN damaged_since BIGINT;

CREATE TABLE wanted (
    account BIGINT NOT NULL,
    library BIGINT NOT NULL,
    node ${bytes16} NOT NULL,
    sequence BIGINT NOT NULL,
    chunk ${bytes32} NOT NULL,
    CONSTRAINT wanted_key PRIMARY KEY (account, library, sequence, chunk)
);
