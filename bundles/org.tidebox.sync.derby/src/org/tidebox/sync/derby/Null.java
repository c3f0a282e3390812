package org.tidebox.sync.derby;

import java.sql.Types;

/** SQL's null, of a type: Derby wants to know. */
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
}
