package org.tidebox.storage.jdbc;

import java.sql.Types;

/** SQL's null, of a type: databases want to know. */
enum Null {
    /** No bytes. */
    BYTES(Types.VARBINARY),
    /** No text. */
    TEXT(Types.VARCHAR);

    private final int type;

    Null(int type) {
        this.type = type;
    }

    int type() {
        return type;
    }

    static Object or(byte[] value) {
        return value == null ? BYTES : value;
    }

    static Object or(String value) {
        return value == null ? TEXT : value;
    }
}
