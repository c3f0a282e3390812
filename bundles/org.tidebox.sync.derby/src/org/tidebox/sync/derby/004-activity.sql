-- The newest entries of the log of what was done on this device. Times are milliseconds since 1970-01-01T00:00Z.

CREATE TABLE activity (
    number BIGINT NOT NULL,
    done BIGINT NOT NULL,
    directory VARCHAR(32000) NOT NULL,
    action VARCHAR(16) NOT NULL,
    path VARCHAR(32000) NOT NULL,
    upload BOOLEAN NOT NULL,
    bytes BIGINT NOT NULL,
    CONSTRAINT activity_key PRIMARY KEY (number)
);
