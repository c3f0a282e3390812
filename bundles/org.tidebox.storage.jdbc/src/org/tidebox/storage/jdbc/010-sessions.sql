-- People who have logged in without a device. The names of libraries are unique per kind from here on.

CREATE TABLE sessions (
    token VARCHAR(255) NOT NULL,
    account BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    CONSTRAINT sessions_key PRIMARY KEY (token)
);

CREATE INDEX sessions_account ON sessions (account);

CREATE INDEX sessions_expires ON sessions (expires);

ALTER TABLE libraries DROP CONSTRAINT libraries_name;

ALTER TABLE libraries ADD CONSTRAINT libraries_name UNIQUE (account, kind, name);
