package org.tidebox.wire;

/** The type bytes of {@link Frame}. */
final class FrameType {
    static final int CHUNK = 1;
    static final int COMMIT = 2;
    static final int END = 3;
    static final int PROBLEM = 4;
    static final int PATCH = 5;
    static final int SIGNATURE = 6;
    static final int COMPRESSED_COMMIT = 7;

    private FrameType() {
    }
}
