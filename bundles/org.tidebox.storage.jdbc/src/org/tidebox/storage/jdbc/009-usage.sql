-- What is stored beside contents counts as well. versions.weight: see Node.weight(); commits.weight: of the answer.
-- libraries.used: both together. What came before this was counted is free, until it goes.

ALTER TABLE versions ADD COLUMN weight INTEGER NOT NULL DEFAULT 0;

ALTER TABLE commits ADD COLUMN weight INTEGER NOT NULL DEFAULT 0;

ALTER TABLE libraries ADD COLUMN used BIGINT NOT NULL DEFAULT 0;
