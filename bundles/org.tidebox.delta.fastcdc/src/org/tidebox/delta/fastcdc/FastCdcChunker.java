package org.tidebox.delta.fastcdc;

import org.osgi.service.component.annotations.Component;
import org.tidebox.delta.Chunker;

/**
 * Content-defined chunking after FastCDC with normalised chunking. Contents below 32 MiB are cut into chunks of at
 * least 16 KiB, 64 KiB on average, at most 256 KiB, under the name "fastcdc"; longer ones into chunks four times as
 * long, under the name "fastcdc-256": edits inside a chunk travel as patches, so short chunks would only cost.
 */
@Component(property = {Chunker.PROVIDER + "=" + FastCdcChunker.NAME, "service.ranking:Integer=10"})
public final class FastCdcChunker implements Chunker {
    /** The name of the provider, and of its chunker for contents that are not long. */
    public static final String NAME = "fastcdc";
    private static final long LONG = 32 << 20;
    private static final Chunker FOR_SHORT = new FastCdc(NAME, 0);
    private static final Chunker FOR_LONG = new FastCdc("fastcdc-256", 2);

    @Override
    public String name() {
        return FOR_SHORT.name();
    }

    @Override
    public Chunker forLength(long length) {
        return length < LONG ? this : FOR_LONG;
    }

    @Override
    public int maxLength() {
        return FOR_SHORT.maxLength();
    }

    @Override
    public int cut(byte[] data, int from, int to) {
        return FOR_SHORT.cut(data, from, to);
    }
}
