package org.tidebox.delta.tests;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Random;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.ContentChunks;
import org.tidebox.delta.CorruptRecipeException;
import org.tidebox.delta.RecipeReader;
import org.tidebox.tree.Recipe;

/** Contents to test with, and the way from one to its chunks and back. */
final class Contents {
    private Contents() {
    }

    static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    static ReadableByteChannel channel(byte[] content) {
        return Channels.newChannel(new ByteArrayInputStream(content));
    }

    /** Gives at most so many bytes at a time, and sometimes none. */
    static ReadableByteChannel trickle(byte[] content, int most, Random random) {
        ByteBuffer left = ByteBuffer.wrap(content);
        return new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer to) {
                if (!left.hasRemaining()) {
                    return -1;
                }
                int count = Math.min(Math.min(left.remaining(), to.remaining()), random.nextInt(most + 1));
                to.put(left.slice(left.position(), count));
                left.position(left.position() + count);
                return count;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                left.position(left.limit());
            }
        };
    }

    static Recipe cut(byte[] content, Chunker chunker, ChunkMap chunks) throws IOException {
        return ContentChunks.cut(channel(content), chunker, chunks);
    }

    static byte[] join(Recipe recipe, ChunkMap chunks) throws CorruptRecipeException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        RecipeReader.forEach(recipe, chunks, entry -> content.writeBytes(chunks.read(entry.id()).array()));
        return content.toByteArray();
    }
}
