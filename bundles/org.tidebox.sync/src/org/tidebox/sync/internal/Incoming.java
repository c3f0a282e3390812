package org.tidebox.sync.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.tidebox.tree.Node;

/**
 * A file being put together in the temporary folder. Opened for each burst of writing, so that a batch may hold many.
 */
final class Incoming {
    /** Below this, asking for room costs more than being refused. */
    private static final long LARGE = 1 << 20;

    private final Node node;
    private final Path temporary;
    private FileChannel channel;
    private String failure;

    Incoming(Node node, Path folder) {
        this.node = node;
        this.temporary = folder.resolve(node.id().toHex());
    }

    Node node() {
        return node;
    }

    Path temporary() {
        return temporary;
    }

    String failure() {
        return failure;
    }

    void fail(String reason) {
        if (failure == null) {
            failure = reason;
        }
    }

    /** Begins with an empty file, if there will be room for all of it: nothing should travel in vain. */
    void create() throws IOException {
        Files.deleteIfExists(temporary);
        long size = node.recipe().size();
        if (size >= LARGE && Files.getFileStore(temporary.getParent()).getUsableSpace() < size) {
            throw new FileSystemException(temporary.toString(), null, "No space left for " + size + " bytes");
        }
        channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    void write(long offset, ByteBuffer raw) throws IOException {
        if (channel == null) {
            channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
        }
        ByteBuffer left = raw.duplicate();
        long at = offset;
        while (left.hasRemaining()) {
            at += channel.write(left, at);
        }
    }

    void force() throws IOException {
        if (channel != null) {
            channel.force(true);
        }
    }

    void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    void discard() {
        try {
            close();
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // The next start cleans the folder.
            fail(Reasons.of(e));
        }
    }
}
