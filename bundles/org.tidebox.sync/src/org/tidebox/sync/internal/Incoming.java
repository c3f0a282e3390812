package org.tidebox.sync.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.Recipe;

/**
 * A file being put together in the temporary folder. Opened for each burst of writing, so that a batch may hold many.
 */
final class Incoming {
    /** Below this, asking for room costs more than being refused. */
    private static final long LARGE = 1 << 20;

    private final Node node;
    private final Path temporary;
    private FileChannel channel;
    private long received;
    private long end;
    private String failure;
    private ExtendedAttributes held;

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

    /** Returns the extended attributes that it was given; {@code null} if they are not known. */
    ExtendedAttributes held() {
        return held;
    }

    void held(ExtendedAttributes given) {
        held = given;
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
        long room = node.recipe().size() < LARGE ? 0 : room(node.recipe());
        if (room >= LARGE && Files.getFileStore(temporary.getParent()).getUsableSpace() < room) {
            throw new FileSystemException(temporary.toString(), null, "No space left for " + room + " bytes");
        }
        channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        received = 0;
        end = 0;
    }

    /** Returns how much room a content takes for sure: what repeats may be holes, and then nobody can tell. */
    private static long room(Recipe recipe) {
        Set<ChunkId> seen = new HashSet<>();
        boolean repeats = recipe.entries().stream().anyMatch(entry -> !seen.add(entry.id()));
        return repeats ? 0 : recipe.size();
    }

    void write(long offset, ByteBuffer raw) throws IOException {
        if (channel == null) {
            channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
        }
        end = Math.max(end, Holes.write(channel, offset, raw));
        received += raw.remaining();
    }

    /** Takes a piece that is all zeros: it becomes a hole. */
    void skip(long length) {
        received += length;
    }

    /** Ends the writing. Where a hole comes last, the file is still too short. */
    void complete() throws IOException {
        long size = node.recipe().size();
        if (received != size) {
            throw new IOException("only " + received + " of its " + size + " bytes came");
        }
        if (end < size) {
            try (FileChannel last = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                last.write(ByteBuffer.allocate(1), size - 1);
            }
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
