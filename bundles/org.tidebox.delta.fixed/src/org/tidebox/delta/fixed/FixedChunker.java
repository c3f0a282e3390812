package org.tidebox.delta.fixed;

import org.osgi.service.component.annotations.Component;
import org.tidebox.delta.Chunker;

/** Cuts every 64 KiB, whatever the content is. */
@Component(property = Chunker.PROVIDER + "=" + FixedChunker.NAME)
public final class FixedChunker implements Chunker {
    /** The name of the provider. */
    public static final String NAME = "fixed";
    private static final int LENGTH = 64 * 1024;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int maxLength() {
        return LENGTH;
    }

    @Override
    public int cut(byte[] data, int from, int to) {
        return Math.min(LENGTH, to - from);
    }
}
