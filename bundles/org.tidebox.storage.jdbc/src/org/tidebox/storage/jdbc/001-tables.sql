-- Times are milliseconds since 1970-01-01T00:00Z. No foreign keys: rows of accounts and libraries are locked by those
-- who write below them, and a foreign key would lock them once more for everybody else.

CREATE TABLE accounts (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    name VARCHAR(255) NOT NULL,
    verifier VARCHAR(2000),
    disabled BOOLEAN NOT NULL,
    quota BIGINT NOT NULL,
    used BIGINT NOT NULL,
    created BIGINT NOT NULL,
    CONSTRAINT accounts_key PRIMARY KEY (id),
    CONSTRAINT accounts_name UNIQUE (name)
);

CREATE TABLE devices (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    account BIGINT NOT NULL,
    name VARCHAR(255) NOT NULL,
    token VARCHAR(255) NOT NULL,
    created BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    CONSTRAINT devices_key PRIMARY KEY (id),
    CONSTRAINT devices_token UNIQUE (token)
);

CREATE INDEX devices_account ON devices (account);

CREATE TABLE invitations (
    secret VARCHAR(255) NOT NULL,
    account BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    CONSTRAINT invitations_key PRIMARY KEY (secret)
);

CREATE TABLE attempts (
    name VARCHAR(255) NOT NULL,
    failures INTEGER NOT NULL,
    last_time BIGINT NOT NULL,
    CONSTRAINT attempts_key PRIMARY KEY (name)
);

CREATE INDEX attempts_time ON attempts (last_time);

CREATE TABLE settings (
    name VARCHAR(255) NOT NULL,
    content VARCHAR(32000) NOT NULL,
    CONSTRAINT settings_key PRIMARY KEY (name)
);

-- The number stands for the id in all other tables.
CREATE TABLE libraries (
    number BIGINT GENERATED ALWAYS AS IDENTITY,
    id ${bytes16} NOT NULL,
    account BIGINT NOT NULL,
    name VARCHAR(255) NOT NULL,
    kind VARCHAR(16) NOT NULL,
    head BIGINT NOT NULL,
    CONSTRAINT libraries_key PRIMARY KEY (number),
    CONSTRAINT libraries_id UNIQUE (id),
    CONSTRAINT libraries_name UNIQUE (account, name)
);

-- Every state that a node ever had. Rows are only ever added.
CREATE TABLE versions (
    library BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    node ${bytes16} NOT NULL,
    parent ${bytes16} NOT NULL,
    name VARCHAR(255) NOT NULL,
    kind VARCHAR(8) NOT NULL,
    mode INTEGER NOT NULL,
    mtime BIGINT NOT NULL,
    recipe ${bytes},
    target VARCHAR(32000),
    deleted BOOLEAN NOT NULL,
    device BIGINT NOT NULL,
    accepted BIGINT NOT NULL,
    CONSTRAINT versions_key PRIMARY KEY (library, sequence)
);

CREATE INDEX versions_node ON versions (node, library, sequence);

-- Which version of a node is the current one, and what it takes up if it is alive: place is a hash of library, parent
-- and name, so that names are compared byte by byte in every database and many are looked up at once; live_parent is
-- the folder it counts in.
CREATE TABLE nodes (
    id ${bytes16} NOT NULL,
    library BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    place ${bytes16},
    live_parent ${bytes16},
    CONSTRAINT nodes_key PRIMARY KEY (id, library),
    CONSTRAINT nodes_sequence UNIQUE (library, sequence),
    CONSTRAINT nodes_place UNIQUE (place)
);

CREATE INDEX nodes_parent ON nodes (live_parent, library);

CREATE TABLE commits (
    id ${bytes16} NOT NULL,
    library BIGINT NOT NULL,
    answer ${blob} NOT NULL,
    CONSTRAINT commits_key PRIMARY KEY (id, library)
);

CREATE TABLE chunks (
    id ${bytes32} NOT NULL,
    account BIGINT NOT NULL,
    pack VARCHAR(64) NOT NULL,
    position BIGINT NOT NULL,
    length INTEGER NOT NULL,
    raw_length INTEGER NOT NULL,
    level INTEGER NOT NULL,
    content_length BIGINT NOT NULL,
    CONSTRAINT chunks_key PRIMARY KEY (id, account)
);
