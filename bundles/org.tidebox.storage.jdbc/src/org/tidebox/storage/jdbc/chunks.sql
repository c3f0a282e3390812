-- The table of chunks as all numbered scripts together leave it, for making it anew where it is lost.

CREATE TABLE chunks (
    id ${bytes32} NOT NULL,
    account BIGINT NOT NULL,
    pack VARCHAR(64) NOT NULL,
    position BIGINT NOT NULL,
    length INTEGER NOT NULL,
    raw_length INTEGER NOT NULL,
    level INTEGER NOT NULL,
    content_length BIGINT NOT NULL,
    unused_since BIGINT,
    damaged_since BIGINT,
    CONSTRAINT chunks_key PRIMARY KEY (id, account)
);

CREATE INDEX chunks_place ON chunks (account, pack, position);
