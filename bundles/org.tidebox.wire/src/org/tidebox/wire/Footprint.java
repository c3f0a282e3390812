package org.tidebox.wire;

import org.tidebox.tree.ChangePage;

/**
 * How many bytes of the heap records take, from above, once they are read. Calculated from the sizes of objects in a
 * 64-bit Java with compressed pointers: an entry of a recipe travels as 40 bytes and takes 96, an id of a node travels
 * as 17 and takes 56.
 */
public final class Footprint {
    /** No field takes more than so many times the bytes in which it travels, with what is looked up for it. */
    private static final int PER_BYTE = 8;
    /** The same for the changes of a commit. */
    private static final int PER_BYTE_OF_COMMIT = 4;
    /** What the recipes of the most changes that a commit may hold take on top of the bytes in which they travel. */
    private static final long MOST_RECIPES = 13 << 20;
    /** A parser, its buffers, and what expands a compressed message. */
    private static final int PARSER = 64 << 10;
    /** A frame itself, with its id, the task that verifies it, and what the stores note about it. */
    private static final int FRAME = 1 << 10;
    /** What a list of entries takes for each byte: its entries, and what the stores know of the chunks that they name. */
    private static final int PER_BYTE_OF_LIST = 10;

    /** What a node takes for its weight, with its row and what is written of it. */
    private static final int PER_WEIGHT = 4;
    /** What the heaviest of all nodes takes. */
    private static final int HEAVIEST_NODE = 64 << 10;

    private static final long MOST_MET = 16 << 20;

    private Footprint() {
    }

    /** Returns what a record of so many bytes takes. */
    public static long ofMessage(long bytes) {
        return PER_BYTE * bytes + PARSER;
    }

    /** Returns what a page of nodes takes of which somebody asks for so many. */
    public static long ofPage(int limit) {
        long heaviest = (long) PER_WEIGHT * ChangePage.MAX_WEIGHT + HEAVIEST_NODE;
        return PARSER + Math.min(heaviest, (long) HEAVIEST_NODE * limit);
    }

    /** Returns what a commit takes that has so many bytes, expanded. */
    public static long ofCommit(long bytes) {
        return Math.min(PER_BYTE_OF_COMMIT * bytes, bytes + MOST_RECIPES) + PARSER;
    }

    /**
     * Returns what is set aside for the nodes that the changes of a commit meet. That many of the heaviest ones take more, so
     * this is no bound, but it lets only a few large commits go on at once.
     */
    public static long ofMet(int changes) {
        return Math.min(MOST_MET, (long) HEAVIEST_NODE * changes);
    }

    /**
     * Returns what a chunk takes that came in a frame.
     *
     * @param level 0 for a piece of content; else it is a list of entries, which are read as well
     * @param length of the data in the frame
     * @param kept how many bytes stay in memory: the data, or what a patch becomes
     */
    public static long ofChunk(int level, int rawLength, int length, int kept) {
        return FRAME + (long) length + (kept == length ? 0 : kept)
                + (level == 0 ? 0 : (long) PER_BYTE_OF_LIST * rawLength);
    }
}
