package org.tidebox.sync.device;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * The identity of a sync folder on one device; it also stands in the folder's marker file.
 *
 * @param value 32 lower-case hex digits
 */
public record FolderId(String value) {
    private static final int BYTES = 16;

    /** Checks the digits. */
    public FolderId {
        if (!value.matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException(
                    "a folder id has " + 2 * BYTES + " lower-case hex digits, got '" + value + "'");
        }
    }

    /** Makes a new id from the given source of randomness. */
    public static FolderId random(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new FolderId(HexFormat.of().formatHex(bytes));
    }

    @Override
    public String toString() {
        return value;
    }
}
