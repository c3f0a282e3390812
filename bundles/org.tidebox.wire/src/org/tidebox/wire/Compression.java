package org.tidebox.wire;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Compression of records with Zstandard (RFC 8878). Many nodes at once shrink to a third: all have the same fields, and
 * neighbours similar names.
 */
public final class Compression {
    /** The name of the content coding in HTTP. */
    public static final String CODING = "zstd";
    /** Records of fewer bytes travel as they are. */
    public static final int WORTHWHILE = 1 << 10;
    /** The head of a Zstandard frame has no more bytes. */
    static final int HEAD = 18;
    private static final int LEVEL = 1;
    private static final int MAX_WINDOW_BITS = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(Limits.MAX_MESSAGE);

    private Compression() {
    }

    /** Returns the bytes as one Zstandard frame, which states how many they are. */
    public static byte[] compress(byte[] bytes) {
        return Zstd.compress(bytes, LEVEL);
    }

    /**
     * Returns what a compressed stream holds; whoever reads it sets a limit, and closes it. What would need more memory
     * than the largest message has bytes is refused when it is read.
     */
    public static InputStream expand(InputStream compressed) throws IOException {
        return new ZstdInputStreamNoFinalizer(compressed).setLongMax(MAX_WINDOW_BITS);
    }

    /** Returns a stream that compresses what is written into it; closing it closes the target. */
    public static OutputStream compress(OutputStream target) throws IOException {
        return new ZstdOutputStreamNoFinalizer(target, LEVEL);
    }

    /**
     * Returns how many bytes {@link #compress(byte[])} was given, as the result says.
     *
     * @param head what it begins with, {@link #HEAD} bytes of it or all
     * @throws WireException if it says nothing, or more than {@link Limits#MAX_MESSAGE}
     */
    static int sizeIn(byte[] head) throws WireException {
        long size = head.length == 0 ? -1 : Zstd.getFrameContentSize(head);
        if (size < 0) {
            throw new WireException("a compressed message does not state its size");
        }
        if (size > Limits.MAX_MESSAGE) {
            throw new WireException(ProblemType.TOO_LARGE,
                    "a message has at most " + Limits.MAX_MESSAGE + " bytes, got " + size + " compressed", null);
        }
        return (int) size;
    }
}
