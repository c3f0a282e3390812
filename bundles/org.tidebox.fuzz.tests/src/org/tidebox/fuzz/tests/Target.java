package org.tidebox.fuzz.tests;

import java.util.List;

/**
 * Code of ours that reads what others wrote. Whatever the bytes are, it accepts them or refuses them with the exception
 * that it declares; and what it accepted can be written and is the same when it is read again.
 */
interface Target extends AutoCloseable {
    /**
     * Reads an input.
     *
     * @throws Exception or an {@link Error} if the code did with it what it must not do
     */
    void accept(byte[] input) throws Exception;

    /** Returns inputs to begin with: what our own code writes. */
    List<byte[]> seeds();

    /** Returns the most bytes that one input may make the thread allocate. */
    default long allocation(int length) {
        return (4 << 20) + 2_000L * length;
    }

    @Override
    default void close() throws Exception {
    }
}
