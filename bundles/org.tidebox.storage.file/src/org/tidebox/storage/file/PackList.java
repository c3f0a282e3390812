package org.tidebox.storage.file;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tidebox.tree.ChunkId;

/**
 * Which frames a pack holds, kept as the bytes that will end the pack: an open pack may have many thousands. Not
 * thread-safe.
 */
final class PackList {
    private byte[] entries = new byte[64 * PackFormat.LIST_ENTRY];
    private int count;

    /** One line. */
    record Entry(ChunkId id, long offset, int length) {
    }

    void add(ChunkId id, long offset, int length) {
        int at = count * PackFormat.LIST_ENTRY;
        if (at == entries.length) {
            entries = Arrays.copyOf(entries, 2 * entries.length);
        }
        ByteBuffer.wrap(entries, at, PackFormat.LIST_ENTRY).put(id.toBytes()).putLong(offset).putInt(length);
        count++;
    }

    int count() {
        return count;
    }

    /** Returns list and trailer for a pack whose last frame ends at the offset. */
    ByteBuffer encode(long offset) {
        int body = count * PackFormat.LIST_ENTRY;
        ByteBuffer out = ByteBuffer.allocate(PackFormat.LIST_OVERHEAD + body + PackFormat.TRAILER_LENGTH);
        out.putInt(PackFormat.LIST_MAGIC).putInt(count).put(entries, 0, body);
        out.putInt(PackFormat.crc(out.slice(0, out.position())));
        int trailer = out.position();
        out.putLong(offset).putInt(PackFormat.crc(out.slice(trailer, Long.BYTES))).putInt(PackFormat.TRAILER_MAGIC);
        return out.flip();
    }

    /** Returns the offset of the list that the last bytes of a pack state, or -1 if they are no intact trailer. */
    static long offset(ByteBuffer trailer) {
        boolean intact = trailer.remaining() == PackFormat.TRAILER_LENGTH
                && trailer.getInt(12) == PackFormat.TRAILER_MAGIC
                && trailer.getInt(8) == PackFormat.crc(trailer.slice(0, Long.BYTES));
        return intact ? trailer.getLong(0) : -1;
    }

    /** Returns the lines of a list (without the trailer), or {@code null} if it is not intact. */
    static List<Entry> decode(ByteBuffer list) {
        int length = list.remaining();
        int count = length < PackFormat.LIST_OVERHEAD ? -1 : list.getInt(4);
        long expected = PackFormat.LIST_OVERHEAD + (long) count * PackFormat.LIST_ENTRY;
        if (count < 0 || expected != length || list.getInt(0) != PackFormat.LIST_MAGIC
                || list.getInt(length - Integer.BYTES) != PackFormat.crc(list.slice(0, length - Integer.BYTES))) {
            return null;
        }
        ByteBuffer in = list.slice(8, count * PackFormat.LIST_ENTRY);
        List<Entry> found = new ArrayList<>(count);
        while (in.hasRemaining()) {
            byte[] id = new byte[ChunkId.LENGTH];
            in.get(id);
            found.add(new Entry(new ChunkId(id), in.getLong(), in.getInt()));
        }
        return found;
    }
}
