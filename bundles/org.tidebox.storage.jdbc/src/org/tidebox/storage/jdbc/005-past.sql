-- What looking into the past of a folder needs. versions.thinned: retention has removed versions right before this one.

ALTER TABLE versions ADD COLUMN thinned BOOLEAN NOT NULL DEFAULT FALSE;

CREATE INDEX versions_parent ON versions (parent, library, sequence);
