package org.tidebox.tree;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * How to make a content from chunks: their list, in order. A long list is itself cut into chunks; then the entries
 * name chunks that hold {@linkplain #encodeEntries encoded entries} of the next lower depth.
 *
 * @param chunker the name of the algorithm that cut the content, so that libraries survive a change of algorithm
 * @param depth 0 if the entries are pieces of the content, else how many levels of entry lists lie between
 * @param entries at most {@link #MAX_ENTRIES}; none for an empty content
 */
public record Recipe(String chunker, int depth, List<RecipeEntry> entries) {
    /** More entries than this are cut into chunks of their own. */
    public static final int MAX_ENTRIES = 128;
    /** The bytes of an {@linkplain #encodeEntries encoded} entry. */
    public static final int ENTRY_LENGTH = ChunkId.LENGTH + Long.BYTES;
    /** Deeper recipes than this are refused: 128 to the power of 9 entries are more than any disk holds. */
    public static final int MAX_DEPTH = 8;
    private static final int MAX_NAME = 32;

    /** Checks the shape and freezes the list. */
    public Recipe {
        entries = List.copyOf(entries);
        if (chunker.isEmpty() || chunker.length() > MAX_NAME || !chunker.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("a chunker name has 1 to " + MAX_NAME + " printable ASCII characters");
        }
        if (depth < 0 || depth > MAX_DEPTH) {
            throw new IllegalArgumentException("recipe depth must be 0 to " + MAX_DEPTH + ", got " + depth);
        }
        if (entries.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException(
                    "a recipe has at most " + MAX_ENTRIES + " entries, got " + entries.size());
        }
        if (sum(entries) < 0) {
            throw new IllegalArgumentException("a recipe stands for at most " + Long.MAX_VALUE + " bytes");
        }
    }

    /** Returns the length of the content in bytes. */
    public long size() {
        return sum(entries);
    }

    /** Returns the identity of the content: equal ids mean equal content. */
    public ContentId id() {
        try {
            return new ContentId(MessageDigest.getInstance("SHA-256").digest(encode()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Returns the canonical bytes: name length (1 byte), name, depth (1 byte), then the {@linkplain
     * #encodeEntries entries}.
     */
    public byte[] encode() {
        byte[] name = chunker.getBytes(StandardCharsets.US_ASCII);
        byte[] list = encodeEntries(entries);
        return ByteBuffer.allocate(2 + name.length + list.length)
                .put((byte) name.length).put(name).put((byte) depth).put(list).array();
    }

    /**
     * Reads what {@link #encode()} wrote.
     *
     * @throws IllegalArgumentException if the bytes are anything else
     */
    public static Recipe decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (bytes.length < 2 || bytes[0] < 0 || bytes.length < 2 + bytes[0]) {
            throw new IllegalArgumentException("a recipe is cut short: " + bytes.length + " bytes");
        }
        byte[] name = new byte[in.get()];
        in.get(name);
        int depth = in.get();
        return new Recipe(new String(name, StandardCharsets.US_ASCII), depth, decodeEntries(in.slice()));
    }

    /** Returns the entries as bytes: for each the chunk id (32 bytes) and the length (8 bytes, big endian). */
    public static byte[] encodeEntries(List<RecipeEntry> entries) {
        ByteBuffer out = ByteBuffer.allocate(entries.size() * ENTRY_LENGTH);
        entries.forEach(entry -> out.put(entry.id().toBytes()).putLong(entry.length()));
        return out.array();
    }

    /**
     * Reads what {@link #encodeEntries} wrote, up to the end of the buffer.
     *
     * @throws IllegalArgumentException if the bytes are not whole, valid entries, or more than {@link #MAX_ENTRIES}
     */
    public static List<RecipeEntry> decodeEntries(ByteBuffer in) {
        if (in.remaining() % ENTRY_LENGTH != 0) {
            throw new IllegalArgumentException(
                    "recipe entries are " + ENTRY_LENGTH + " bytes each, got " + in.remaining());
        }
        int count = in.remaining() / ENTRY_LENGTH;
        if (count > MAX_ENTRIES) {
            throw new IllegalArgumentException("a recipe has at most " + MAX_ENTRIES + " entries, got " + count);
        }
        List<RecipeEntry> entries = new ArrayList<>(count);
        while (in.hasRemaining()) {
            byte[] id = new byte[ChunkId.LENGTH];
            in.get(id);
            entries.add(new RecipeEntry(new ChunkId(id), in.getLong()));
        }
        return entries;
    }

    /** Returns the sum of the lengths, or -1 where no long can hold it. */
    private static long sum(List<RecipeEntry> entries) {
        long sum = 0;
        for (RecipeEntry entry : entries) {
            if (entry.length() > Long.MAX_VALUE - sum) {
                return -1;
            }
            sum += entry.length();
        }
        return sum;
    }
}
