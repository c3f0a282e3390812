-- What a library's history was: one row for each commit that added versions, with its last sequence (see Mark). Rows are
-- only ever added. What came before there were marks counts as one commit; the library's id stands for it.

CREATE TABLE marks (
    library BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    digest ${bytes16} NOT NULL,
    CONSTRAINT marks_key PRIMARY KEY (library, sequence)
);

INSERT INTO marks (library, sequence, digest) SELECT number, head, id FROM libraries WHERE head > 0;

-- When the answer was given, so that it can be forgotten one day; of older answers it is known only that it was before
-- the newest version of all.

ALTER TABLE commits ADD COLUMN answered BIGINT NOT NULL DEFAULT 0;

UPDATE commits SET answered = COALESCE((SELECT MAX(accepted) FROM versions), 0);

CREATE INDEX commits_answered ON commits (library, answered);
