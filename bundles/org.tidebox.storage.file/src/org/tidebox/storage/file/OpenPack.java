package org.tidebox.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.storage.packs.PackPlace;
import org.tidebox.tree.ChunkId;

/**
 * The pack of a space that is appended to. What failed is taken back, so that it always ends with the last durable
 * frame. Not thread-safe.
 */
final class OpenPack {
    private final PackFile file;
    private final PackList list;
    private final boolean mayDiffer;
    private long length;

    OpenPack(PackFile file, PackList list, long length, int version) {
        this.file = file;
        this.mayDiffer = version > 1;
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
    List<PackPlace> append(List<EncodedChunk> chunks, Map<ChunkId, PackPlace> like) throws IOException {
        List<ByteBuffer> parts = new ArrayList<>(2 * chunks.size() + 1);
        List<PackPlace> places = new ArrayList<>(chunks.size());
        long end = length;
        if (end == 0) {
            parts.add(PackFormat.header());
            end = PackFormat.HEADER_LENGTH;
        }
        for (EncodedChunk chunk : chunks) {
            Optional<EncodedChunk> difference = difference(chunk, like.get(chunk.id()));
            EncodedChunk told = difference.orElse(chunk);
            PackPlace place = new PackPlace(file.name(), end, PackFormat.frameLength(told));
            places.add(place);
            parts.add(difference.isPresent() ? PackFrame.differenceHead(told, end) : PackFrame.head(told, end));
            parts.add(told.data());
            end += place.length();
        }
        file.write(length, parts);
        for (int i = 0; i < places.size(); i++) {
            list.add(chunks.get(i).id(), places.get(i).offset(), places.get(i).length());
        }
        length = end;
        return places;
    }

    private Optional<EncodedChunk> difference(EncodedChunk chunk, PackPlace like) {
        return like == null || !mayDiffer
                ? Optional.empty()
                : new Differences(file).tell(chunk, like)
                        .map(data -> new EncodedChunk(chunk.id(), chunk.encoding(), chunk.rawLength(), data));
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
