package org.tidebox.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/** One pack's file. Reads may run beside each other and beside one writer. */
final class PackFile {
    private static final int STAGE = 1 << 20;

    private final PackChannels channels;
    private final Path path;

    PackFile(PackChannels channels, Path path) {
        this.channels = channels;
        this.path = path;
    }

    Path path() {
        return path;
    }

    String name() {
        return path.getFileName().toString().replace(PackNames.SUFFIX, "");
    }

    long size() throws IOException {
        return channels.disk().size(path);
    }

    void create() throws IOException {
        channels.disk().create(path);
    }

    void delete() throws IOException {
        channels.forget(path);
        channels.disk().delete(path);
    }

    /** Fills the buffer from the offset on, as far as the file goes. */
    void read(ByteBuffer buffer, long offset) throws IOException {
        int from = buffer.position();
        channels.use(path, channel -> {
            buffer.position(from);
            while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position() - from) > 0) {
                continue;
            }
            return null;
        });
    }

    /** Replaces everything from the offset on by the parts, and returns when that is durable. One writer at a time. */
    void write(long offset, List<ByteBuffer> parts) throws IOException {
        channels.use(path, channel -> {
            channel.truncate(offset).position(offset);
            drain(channel, parts);
            channel.force(true);
            return null;
        });
    }

    /** Copies small parts together first: one system call for each MiB instead of one or two for each chunk. */
    private static void drain(FileChannel channel, List<ByteBuffer> parts) throws IOException {
        ByteBuffer stage = Stages.take(STAGE);
        try {
            for (ByteBuffer part : parts) {
                ByteBuffer rest = part.duplicate();
                while (rest.hasRemaining()) {
                    int length = Math.min(stage.remaining(), rest.remaining());
                    stage.put(rest.slice(rest.position(), length));
                    rest.position(rest.position() + length);
                    if (!stage.hasRemaining()) {
                        flush(channel, stage);
                    }
                }
            }
            flush(channel, stage);
        } finally {
            Stages.giveBack(stage);
        }
    }

    private static void flush(FileChannel channel, ByteBuffer stage) throws IOException {
        stage.flip();
        while (stage.hasRemaining()) {
            channel.write(stage);
        }
        stage.clear();
    }
}
