package org.tidebox.storage.file;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Lends the off-heap buffers that writers copy through. Written from the heap, Java would copy each write into such a
 * buffer anyway, and keep one for each thread.
 */
final class Stages {
    private static final int KEPT = 4;
    private static final BlockingQueue<ByteBuffer> IDLE = new ArrayBlockingQueue<>(KEPT);

    private Stages() {
    }

    static ByteBuffer take(int length) {
        ByteBuffer stage = IDLE.poll();
        return stage == null ? ByteBuffer.allocateDirect(length) : stage.clear();
    }

    static void giveBack(ByteBuffer stage) {
        // Refused if enough are kept; then it is left to the garbage collector.
        IDLE.offer(stage);
    }
}
