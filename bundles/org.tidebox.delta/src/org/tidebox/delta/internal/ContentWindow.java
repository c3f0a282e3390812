package org.tidebox.delta.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/** The part of a content that is in memory while it is cut. */
public final class ContentWindow {
    /** How many of the longest chunks the buffer holds: the more, the fewer bytes are moved to its front again. */
    private static final int BUFFERED_CHUNKS = 4;
    private static final int SMALLEST_BUFFER = 4 * 1024;
    /** What is read at once should still be in the processor's caches when it is cut and hashed. */
    private static final int READ_AT_ONCE = 256 * 1024;

    private final ReadableByteChannel in;
    private final int longest;
    private byte[] data;
    private int from;
    private int to;
    private boolean ended;

    /**
     * Begins at a channel's position.
     *
     * @param longest the length of the longest chunk in bytes
     */
    public ContentWindow(ReadableByteChannel in, int longest) throws IOException {
        this.in = in;
        this.longest = longest;
        this.data = new byte[firstCapacity(in, longest)];
    }

    /** Most files are small, and should not cost a large buffer each. The size is a hint only: files grow. */
    private static int firstCapacity(ReadableByteChannel in, int longest) throws IOException {
        int most = BUFFERED_CHUNKS * longest;
        if (in instanceof SeekableByteChannel file) {
            // One byte more, so that the end is seen without growing.
            return (int) Math.clamp(file.size() - file.position() + 1, Math.min(SMALLEST_BUFFER, most), most);
        }
        return most;
    }

    /** Makes room, and sees that the next chunk is there as a whole; returns false at the end of the content. */
    public boolean fill() throws IOException {
        if (to - from < longest && !ended) {
            System.arraycopy(data, from, data, 0, to - from);
            to -= from;
            from = 0;
        }
        return holdsNext();
    }

    /**
     * Returns whether the next chunk is there as a whole, and reads on where there is room behind what was taken; false
     * at the end of the content as well.
     */
    public boolean holdsNext() throws IOException {
        while (!ended && to - from < longest && to < data.length) {
            int count = in.read(ByteBuffer.wrap(data, to, Math.min(data.length - to, READ_AT_ONCE)));
            ended = count < 0;
            to += Math.max(count, 0);
            growIfFull();
        }
        return ended ? to > from : to - from >= longest;
    }

    private void growIfFull() {
        if (to == data.length && to < longest) {
            data = Arrays.copyOf(data, BUFFERED_CHUNKS * longest);
        }
    }

    /** Returns what holds the content from {@link #from} to {@link #to}. */
    public byte[] data() {
        return data;
    }

    /** Returns where the next chunk begins. */
    public int from() {
        return from;
    }

    /** Returns where what is there ends. */
    public int to() {
        return to;
    }

    /** Takes so many bytes, which stay as they are until the next {@link #fill}. */
    public ByteBuffer take(int length) {
        ByteBuffer taken = ByteBuffer.wrap(data, from, length).slice();
        from += length;
        return taken;
    }

    /** Gives back what was taken last since {@link #fill}. */
    public void giveBack(int length) {
        from -= length;
    }
}
