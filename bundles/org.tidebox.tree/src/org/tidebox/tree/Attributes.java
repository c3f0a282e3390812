package org.tidebox.tree;

/**
 * What a node carries beside its content.
 *
 * @param mode the POSIX permission bits (0 to 07777), or {@link #NO_MODE} where the origin has none
 * @param mtime the time of the last modification in nanoseconds since 1970-01-01T00:00Z (range: years 1678 to 2261)
 * @param extended its extended attributes; {@code null} is taken for none
 */
public record Attributes(int mode, long mtime, ExtendedAttributes extended) {
    /** Stands for "the file system it came from has no permission bits". */
    public static final int NO_MODE = -1;

    /** Checks the mode. */
    public Attributes {
        extended = extended == null ? ExtendedAttributes.NONE : extended;
        if (mode < NO_MODE || mode > 07777) {
            throw new IllegalArgumentException("mode must be between 0 and 07777 (octal), got " + mode);
        }
    }

    /** Makes attributes without extended ones. */
    public Attributes(int mode, long mtime) {
        this(mode, mtime, ExtendedAttributes.NONE);
    }

    /** Returns the same attributes with other extended ones. */
    public Attributes withExtended(ExtendedAttributes newExtended) {
        return new Attributes(mode, mtime, newExtended);
    }
}
