package org.tidebox.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tidebox.delta.CorruptChunkException;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.packs.PackPlace;
import org.tidebox.storage.packs.PackVisitor;

/**
 * Walks through a pack from frame to frame. Behind damaged bytes it goes on with the next intact frame: the one that
 * follows if at least the head of the damaged one is intact, else the next place where an intact frame begins.
 */
final class PackScanner {
    private final PackFile file;
    private final PackVisitor visitor;
    private final PackWindow window;
    private final Set<PackList.Entry> seen = new HashSet<>();
    private long intactEnd = PackFormat.HEADER_LENGTH;
    private Differences differences;

    PackScanner(PackFile file, long end, PackVisitor visitor) {
        this.file = file;
        this.visitor = visitor;
        this.window = new PackWindow(file, end);
    }

    /** From now on the visitor gets whole chunks in the place of differences. */
    PackScanner wholes() {
        differences = new Differences(file);
        return this;
    }

    /** Reports everything to the visitor; the bytes of a chunk are valid during the call only. */
    void run() throws IOException, StorageException {
        if (PackFormat.version(window.at(0, PackFormat.HEADER_LENGTH)) < 0) {
            visitor.damaged(0, "the header of the pack is not intact");
        }
        long listAt = listOffset();
        List<PackList.Entry> list = listAt < 0 ? List.of() : readList(listAt);
        walk(list == null ? window.end() : listAt);
        if (list != null) {
            reportLost(list);
        }
    }

    /** Returns where the last intact frame ends. */
    long intactEnd() {
        return intactEnd;
    }

    /** Returns whether the pack is complete, with list and trailer. */
    boolean isSealed() throws IOException {
        long listAt = listOffset();
        return listAt >= 0 && readList(listAt) != null;
    }

    private void walk(long listAt) throws IOException, StorageException {
        long at = PackFormat.HEADER_LENGTH;
        boolean told = false;
        while (at < window.end() && at != listAt) {
            PackFrame frame = PackFrame.parse(window.at(at, PackFormat.MAX_FRAME), at);
            if (frame.isIntact()) {
                visit(at, frame);
            } else if (!told) {
                visitor.damaged(at, frame.reason());
            }
            told = frame.length() == 0;
            at = told ? search(at + 1, listAt) : at + frame.length();
        }
    }

    private void visit(long at, PackFrame frame) throws IOException, StorageException {
        EncodedChunk chunk = frame.chunk();
        PackPlace place = new PackPlace(file.name(), at, frame.length());
        seen.add(new PackList.Entry(chunk.id(), at, frame.length()));
        intactEnd = at + frame.length();
        if (differences == null || !frame.isDifference()) {
            visitor.chunk(place, chunk);
        } else {
            visitWhole(place, frame);
        }
    }

    private void visitWhole(PackPlace place, PackFrame difference) throws IOException, StorageException {
        EncodedChunk whole;
        try {
            whole = differences.whole(difference);
        } catch (CorruptChunkException e) {
            visitor.damaged(place.offset(), e.getMessage());
            return;
        }
        visitor.difference(place, whole, differences.baseOf(difference));
    }

    /** Returns where the next frame may begin. */
    private long search(long from, long listAt) throws IOException {
        for (long at = from; at < window.end();) {
            ByteBuffer bytes = window.at(at, PackFormat.MAX_FRAME);
            for (int i = 0; i + Integer.BYTES <= bytes.remaining(); i++) {
                if (bytes.getInt(i) == PackFormat.FRAME_MAGIC || at + i == listAt) {
                    return at + i;
                }
            }
            at = bytes.remaining() < Integer.BYTES ? window.end() : at + bytes.remaining() - Integer.BYTES + 1;
        }
        return window.end();
    }

    private long listOffset() throws IOException {
        long at = window.end() - PackFormat.TRAILER_LENGTH;
        return at < PackFormat.HEADER_LENGTH ? -1 : PackList.offset(window.at(at, PackFormat.TRAILER_LENGTH));
    }

    private List<PackList.Entry> readList(long at) throws IOException {
        long length = window.end() - PackFormat.TRAILER_LENGTH - at;
        if (at < PackFormat.HEADER_LENGTH || length < PackFormat.LIST_OVERHEAD || length > Integer.MAX_VALUE - 8) {
            return null;
        }
        ByteBuffer head = window.at(at, 8).slice();
        boolean fits = head.getInt(0) == PackFormat.LIST_MAGIC
                && length == PackFormat.LIST_OVERHEAD + (long) head.getInt(4) * PackFormat.LIST_ENTRY;
        if (!fits) {
            return null;
        }
        ByteBuffer list = ByteBuffer.allocate((int) length);
        file.read(list, at);
        return PackList.decode(list.flip());
    }

    private void reportLost(List<PackList.Entry> list) throws StorageException {
        for (PackList.Entry entry : list) {
            if (!seen.contains(entry)) {
                visitor.damaged(entry.offset(), "the pack's list names chunk " + entry.id() + " with a frame of "
                        + entry.length() + " bytes here, but there is no such frame");
            }
        }
    }
}
