-- The node comes first in the keys: Derby looks up a list of keys one by one only in the first column of an index.
-- Nothing but the keys is unique: while names are swapped, two nodes may be at one place.
-- Trailing blanks do not count when Derby compares texts, so places are found by a number made of the name (see
-- TreeTable).

CREATE TABLE settings (
    name VARCHAR(255) NOT NULL,
    content VARCHAR(32000) NOT NULL,
    CONSTRAINT settings_key PRIMARY KEY (name)
);

CREATE TABLE folders (
    number INTEGER GENERATED ALWAYS AS IDENTITY,
    id CHAR(32) NOT NULL,
    root VARCHAR(32000) NOT NULL,
    library CHAR(16) FOR BIT DATA NOT NULL,
    library_name VARCHAR(32000) NOT NULL,
    paused BOOLEAN NOT NULL,
    CONSTRAINT folders_key PRIMARY KEY (number),
    CONSTRAINT folders_id UNIQUE (id)
);

-- The number stands for the folder's id in the tables below; the trees may be there before the folder, and the other
-- way round.
CREATE TABLE trees (
    number INTEGER GENERATED ALWAYS AS IDENTITY,
    id CHAR(32) NOT NULL,
    pulled BIGINT NOT NULL,
    CONSTRAINT trees_key PRIMARY KEY (number),
    CONSTRAINT trees_id UNIQUE (id)
);

CREATE TABLE facts (
    tree INTEGER NOT NULL,
    name VARCHAR(255) NOT NULL,
    content VARCHAR(32000) NOT NULL,
    CONSTRAINT facts_key PRIMARY KEY (name, tree)
);

-- Times are nanoseconds since 1970-01-01T00:00Z. No disk_name: the same as name. No disk_key: the file system has none.
CREATE TABLE synced_nodes (
    node CHAR(16) FOR BIT DATA NOT NULL,
    tree INTEGER NOT NULL,
    parent CHAR(16) FOR BIT DATA NOT NULL,
    name_hash INTEGER NOT NULL,
    name VARCHAR(1000) NOT NULL,
    kind VARCHAR(8) NOT NULL,
    mode INTEGER NOT NULL,
    mtime BIGINT NOT NULL,
    recipe VARCHAR(8192) FOR BIT DATA,
    target VARCHAR(32000),
    sequence BIGINT NOT NULL,
    disk_name VARCHAR(1000),
    disk_size BIGINT NOT NULL,
    disk_mtime BIGINT NOT NULL,
    disk_ctime BIGINT NOT NULL,
    disk_mode INTEGER NOT NULL,
    disk_key VARCHAR(1000),
    CONSTRAINT synced_nodes_key PRIMARY KEY (node, tree)
);

CREATE INDEX synced_nodes_place ON synced_nodes (parent, tree, name_hash);

CREATE INDEX synced_nodes_disk_key ON synced_nodes (disk_key, tree);

CREATE TABLE local_nodes (
    node CHAR(16) FOR BIT DATA NOT NULL,
    tree INTEGER NOT NULL,
    parent CHAR(16) FOR BIT DATA NOT NULL,
    name_hash INTEGER NOT NULL,
    name VARCHAR(1000) NOT NULL,
    kind VARCHAR(8) NOT NULL,
    mode INTEGER NOT NULL,
    mtime BIGINT NOT NULL,
    recipe VARCHAR(8192) FOR BIT DATA,
    target VARCHAR(32000),
    deleted BOOLEAN NOT NULL,
    disk_name VARCHAR(1000),
    disk_size BIGINT NOT NULL,
    disk_mtime BIGINT NOT NULL,
    disk_ctime BIGINT NOT NULL,
    disk_mode INTEGER NOT NULL,
    disk_key VARCHAR(1000),
    CONSTRAINT local_nodes_key PRIMARY KEY (node, tree)
);

CREATE INDEX local_nodes_place ON local_nodes (parent, tree, name_hash);

CREATE INDEX local_nodes_disk_key ON local_nodes (disk_key, tree);

CREATE TABLE remote_nodes (
    node CHAR(16) FOR BIT DATA NOT NULL,
    tree INTEGER NOT NULL,
    parent CHAR(16) FOR BIT DATA NOT NULL,
    name_hash INTEGER NOT NULL,
    name VARCHAR(1000) NOT NULL,
    kind VARCHAR(8) NOT NULL,
    mode INTEGER NOT NULL,
    mtime BIGINT NOT NULL,
    recipe VARCHAR(8192) FOR BIT DATA,
    target VARCHAR(32000),
    sequence BIGINT NOT NULL,
    deleted BOOLEAN NOT NULL,
    CONSTRAINT remote_nodes_key PRIMARY KEY (node, tree)
);

CREATE INDEX remote_nodes_place ON remote_nodes (parent, tree, name_hash);
