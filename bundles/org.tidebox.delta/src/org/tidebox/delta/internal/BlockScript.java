package org.tidebox.delta.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.tidebox.delta.BlockSignature;

/**
 * Instructions that make a chunk out of blocks of others: a number whose lowest bit says what to do and whose other
 * bits say how often. 0: insert so many of the bytes that follow; 1: copy so many blocks, beginning with the block
 * whose number follows. The blocks of all bases are counted through. Numbers are variable-length, seven bits a byte,
 * the lowest first.
 */
public final class BlockScript {
    private static final int MAX_SHIFT = 28;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int copyFrom;
    private int copies;

    /** Says to insert the bytes between two indices; none if they are equal. */
    public void insert(byte[] data, int from, int to) {
        if (to > from) {
            endCopy();
            number((to - from) << 1);
            out.write(data, from, to - from);
        }
    }

    /** Says to copy a block. */
    public void copy(int block) {
        if (copies == 0 || copyFrom + copies != block) {
            endCopy();
            copyFrom = block;
        }
        copies++;
    }

    /** Returns the instructions. */
    public byte[] finish() {
        endCopy();
        return out.toByteArray();
    }

    private void endCopy() {
        if (copies > 0) {
            number(copies << 1 | 1);
            number(copyFrom);
            copies = 0;
        }
    }

    private void number(int value) {
        int rest = value;
        while (rest > 0x7F) {
            out.write(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    /**
     * Carries out instructions.
     *
     * @param script trusted in nothing
     * @param length how many bytes must come out; the caller has checked it
     * @return the bytes, from 0 to the limit
     * @throws IllegalArgumentException if the instructions are malformed, name blocks that are not there, or make more
     *         or fewer bytes
     */
    public static ByteBuffer run(ByteBuffer script, List<ByteBuffer> bases, int length) {
        ByteBuffer in = script.duplicate();
        ByteBuffer made = ByteBuffer.allocate(length);
        while (in.hasRemaining()) {
            int word = readNumber(in);
            int count = word >>> 1;
            if ((word & 1) == 0) {
                check(count <= in.remaining() && count <= made.remaining(), "it inserts more bytes than there are");
                made.put(in.slice(in.position(), count));
                in.position(in.position() + count);
            } else {
                int first = readNumber(in);
                check(count <= made.remaining() / BlockSignature.BLOCK, "it copies too many blocks");
                for (int i = 0; i < count; i++) {
                    made.put(block(bases, first + i));
                }
            }
        }
        check(!made.hasRemaining(), "it makes fewer bytes than it should");
        return made.flip();
    }

    private static ByteBuffer block(List<ByteBuffer> bases, int number) {
        int left = number;
        for (ByteBuffer base : bases) {
            int blocks = base.remaining() / BlockSignature.BLOCK;
            if (left >= 0 && left < blocks) {
                return base.slice(base.position() + left * BlockSignature.BLOCK, BlockSignature.BLOCK);
            }
            left -= blocks;
        }
        throw new IllegalArgumentException("its bases have no block " + number);
    }

    private static int readNumber(ByteBuffer in) {
        int value = 0;
        for (int shift = 0; shift <= MAX_SHIFT; shift += 7) {
            check(in.hasRemaining(), "it is cut short");
            byte next = in.get();
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                check(value >= 0, "a number is too large");
                return value;
            }
        }
        throw new IllegalArgumentException("a number is too large");
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
