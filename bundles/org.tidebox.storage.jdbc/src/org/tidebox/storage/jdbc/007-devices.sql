-- devices.address: where it was last seen. devices.removed: when its token was withdrawn; the row stays, so that the
-- device is told and its versions keep its name. attempts.right_time: the last right attempt; attempts.expires: when the
-- row is of no use any more.

ALTER TABLE devices ADD COLUMN address VARCHAR(64);

ALTER TABLE devices ADD COLUMN removed BIGINT;

ALTER TABLE attempts ADD COLUMN right_time BIGINT NOT NULL DEFAULT 0;

ALTER TABLE attempts ADD COLUMN expires BIGINT NOT NULL DEFAULT 0;

UPDATE attempts SET expires = last_time + 172800000;

DROP INDEX attempts_time;

CREATE INDEX attempts_expires ON attempts (expires);
