package org.tidebox.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.storage.PackPlace;

/**
 * The pack of a space that is appended to. What failed is taken back, so that it always ends with the last durable
 * frame. Not thread-safe.
 */
final class OpenPack {
    private final PackFile file;
    private final PackList list;
    private long length;

    OpenPack(PackFile file, PackList list, long length) {
        this.file = file;
        this.list = list;
        this.length = length;
    }

    PackFile file() {
        return file;
    }

    /** Returns the number of durable bytes. */
    long length() {
        return length;
    }

    boolean hasRoomFor(long bytes) {
        return length == 0 || length + bytes <= PackFormat.FULL_LENGTH && list.count() < PackFormat.FULL_COUNT;
    }

    /** Appends the chunks; returns when they are durable. The first call writes the header, too. */
    List<PackPlace> append(List<EncodedChunk> chunks) throws IOException {
        List<ByteBuffer> parts = new ArrayList<>(2 * chunks.size() + 1);
        List<PackPlace> places = new ArrayList<>(chunks.size());
        long end = length;
        if (end == 0) {
            parts.add(PackFormat.header());
            end = PackFormat.HEADER_LENGTH;
        }
        for (EncodedChunk chunk : chunks) {
            PackPlace place = new PackPlace(file.name(), end, PackFormat.frameLength(chunk));
            places.add(place);
            parts.add(Frame.head(chunk, end));
            parts.add(chunk.data());
            end += place.length();
        }
        file.write(length, parts);
        for (int i = 0; i < places.size(); i++) {
            list.add(chunks.get(i).id(), places.get(i).offset(), places.get(i).length());
        }
        length = end;
        return places;
    }

    /** Completes the pack. */
    void seal() throws IOException {
        file.write(length, List.of(list.encode(length)));
    }

    /** Removes what a failed call left behind the last durable frame. */
    void takeBack() throws IOException {
        if (length == 0) {
            file.delete();
        } else {
            file.write(length, List.of());
        }
    }
}
