package org.tidebox.wire;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;

/**
 * Compression of records with Zstandard (RFC 8878). Many nodes at once shrink to a third: all have the same fields, and
 * neighbours similar names.
 */
public final class Compression {
    /** The name of the content coding in HTTP. */
    public static final String CODING = "zstd";
    /** Records of fewer bytes travel as they are. */
    public static final int WORTHWHILE = 1 << 10;
    private static final int LEVEL = 1;

    private Compression() {
    }

    /** Returns the bytes as one Zstandard frame, which states how many they are. */
    public static byte[] compress(byte[] bytes) {
        return Zstd.compress(bytes, LEVEL);
    }

    /** Returns what a compressed stream holds; whoever reads it sets a limit, and closes it. */
    public static InputStream expand(InputStream compressed) throws IOException {
        return new ZstdInputStreamNoFinalizer(compressed);
    }

    /**
     * Returns what {@link #compress} was given.
     *
     * @throws WireException if the bytes are no such frame, or hold more than {@link Limits#MAX_MESSAGE}
     */
    static byte[] expand(byte[] compressed) throws WireException {
        long size = compressed.length == 0 ? -1 : Zstd.getFrameContentSize(compressed);
        if (size > Limits.MAX_MESSAGE) {
            throw new WireException(ProblemType.TOO_LARGE,
                    "a message has at most " + Limits.MAX_MESSAGE + " bytes, got " + size + " compressed", null);
        }
        try {
            if (size >= 0) {
                return Zstd.decompress(compressed, Math.toIntExact(size));
            }
        } catch (ZstdException e) {
            throw new WireException("a message cannot be expanded: " + e.getMessage(), e);
        }
        throw new WireException("a compressed message does not state its size");
    }
}
