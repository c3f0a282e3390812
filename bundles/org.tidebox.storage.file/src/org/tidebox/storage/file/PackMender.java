package org.tidebox.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.packs.PackPlace;
import org.tidebox.storage.packs.PackVisitor;

/**
 * Makes a space's newest pack fit to be appended to, after a clean end or a crash. Damage in front of an intact frame
 * is left as it is.
 */
final class PackMender implements PackVisitor {
    private static final Logger LOG = LoggerFactory.getLogger(PackMender.class);

    private final PackFile file;
    private final PackList list = new PackList();

    PackMender(PackFile file) {
        this.file = file;
    }

    /** Returns the pack, or {@code null} if it cannot be appended to and a new one must be made. */
    OpenPack mend() throws IOException, StorageException {
        long size = file.size();
        if (size <= PackFormat.HEADER_LENGTH) {
            file.delete();
            return null;
        }
        PackScanner scanner = new PackScanner(file, size, this);
        int version = PackFormat.version(header());
        if (version < 0 || scanner.isSealed()) {
            return null;
        }
        scanner.run();
        long end = scanner.intactEnd();
        if (end < size) {
            LOG.info("Cut {} bytes off the pack {}: the rest of what was being written when the server stopped",
                    size - end, file.path());
            file.write(end, List.of());
        }
        return new OpenPack(file, list, end, version);
    }

    @Override
    public void chunk(PackPlace place, EncodedChunk chunk) {
        list.add(chunk.id(), place.offset(), place.length());
    }

    @Override
    public void damaged(long offset, String reason) {
        LOG.debug("Pack {} at offset {}: {}", file.path(), offset, reason);
    }

    private ByteBuffer header() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(PackFormat.HEADER_LENGTH);
        file.read(header, 0);
        return header.flip();
    }
}
