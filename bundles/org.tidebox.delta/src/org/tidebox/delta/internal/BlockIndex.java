package org.tidebox.delta.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tidebox.delta.BlockSignature;
import org.tidebox.delta.BlockSignature.Block;

/** Finds blocks by their hashes. An open hash table of block numbers, as it is asked once for each byte. */
public final class BlockIndex {
    private static final int NONE = -1;
    /** So many blocks that only their strong hashes tell apart are kept: honest content has hardly ever two. */
    private static final int MOST_TWINS = 4;
    private final List<Block> blocks = new ArrayList<>();
    private final int[] table;

    /** Counts the blocks of all bases through, beginning with 0. */
    public BlockIndex(List<BlockSignature> bases) {
        bases.forEach(base -> blocks.addAll(base.blocks()));
        table = new int[Math.max(2, Integer.highestOneBit(blocks.size() + 1) << 2)];
        Arrays.fill(table, NONE);
        for (int number = 0; number < blocks.size(); number++) {
            add(number);
        }
    }

    /** Returns whether some block has the weak hash. */
    public boolean has(int weak) {
        int slot = slot(weak);
        while (table[slot] != NONE) {
            if (blocks.get(table[slot]).weak() == weak) {
                return true;
            }
            slot = next(slot);
        }
        return false;
    }

    /**
     * Returns the number of a block with both hashes, or -1.
     *
     * @param preferred this one, if it has them: runs of blocks are told shortly
     */
    public int find(int weak, int strong, int preferred) {
        Block wanted = new Block(weak, strong);
        if (preferred < blocks.size() && blocks.get(preferred).equals(wanted)) {
            return preferred;
        }
        for (int slot = slot(weak); table[slot] != NONE; slot = next(slot)) {
            if (blocks.get(table[slot]).equals(wanted)) {
                return table[slot];
            }
        }
        return NONE;
    }

    /** Equal blocks have one place only, or zeros would make the table a list. */
    private void add(int number) {
        Block added = blocks.get(number);
        int slot = slot(added.weak());
        int twins = 0;
        while (table[slot] != NONE) {
            Block there = blocks.get(table[slot]);
            twins += there.weak() == added.weak() ? 1 : 0;
            if (there.equals(added) || twins == MOST_TWINS) {
                return;
            }
            slot = next(slot);
        }
        table[slot] = number;
    }

    private int slot(int weak) {
        int mixed = weak * 0x9E3779B9;
        return (mixed ^ mixed >>> 15) & table.length - 1;
    }

    private int next(int slot) {
        return slot + 1 & table.length - 1;
    }
}
