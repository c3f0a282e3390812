package org.tidebox.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.tidebox.delta.EncodedChunk;
import org.tidebox.tree.ChunkId;

/**
 * The format of a pack, version 2. All numbers are big endian; every checksum is a CRC-32C (RFC 3720, Castagnoli
 * polynomial).
 *
 * <pre>
 * pack    = header frame* [list trailer]        (list and trailer once the pack is full; nothing follows them)
 *
 * header, 16 bytes
 *   0   8  the ASCII letters TIDEPACK
 *   8   4  version: 2; 1 in packs of older servers, which have no frames of encoding 2
 *  12   4  checksum of the 12 bytes before
 *
 * frame, 56 bytes and the data
 *   0   4  the ASCII letters TBCF
 *   4   1  encoding: 0 raw, 1 zstd, 2 difference
 *   5   3  zero
 *   8  32  chunk id: the SHA-256 of the raw bytes
 *  40   4  raw length, 0 to 1,048,576
 *  44   4  data length, 0 to 1,048,576
 *  48   4  checksum of the data
 *  52   4  checksum of the frame's offset in the pack (8 bytes) followed by the 52 bytes before
 *  56   n  data: the chunk as encoded
 *
 * data of a difference
 *   0   8  offset of the base, a frame of encoding 0 or 1 in the same pack
 *   8   4  length of that frame
 *  12   .  one zstd frame with a dictionary of one zero byte and the raw bytes of the base
 *
 * list, 12 + 44 n bytes
 *   0   4  the ASCII letters TBIX
 *   4   4  n, the number of frames
 *   8  44n for each frame in order: chunk id (32), offset of the frame (8), length of the frame (4)
 *   .   4  checksum of all bytes of the list before
 *
 * trailer, the last 16 bytes
 *   0   8  offset of the list
 *   8   4  checksum of the 8 bytes before
 *  12   4  the ASCII letters TBPE
 * </pre>
 *
 * <p>The frames alone say everything. The list lets a reader see without reading the pack that it is complete, and
 * tells which frames are lost if some are damaged; nothing is ever looked up in it. As the offset is part of a
 * frame's checksum, a chunk that holds a copy of some pack cannot pass for frames when a reader looks for the next
 * intact frame behind a damaged one.
 *
 * <p>A pack is appended to until it holds {@link #FULL_LENGTH} bytes or {@link #FULL_COUNT} frames. After a crash
 * everything behind the last intact frame of a space's newest pack is cut off; nothing else is ever changed in place.
 */
public final class PackFormat {
    /** Length of the header in bytes; the first frame begins there. */
    public static final int HEADER_LENGTH = 16;
    /** Length of a frame without its data, in bytes. */
    public static final int FRAME_OVERHEAD = 56;
    /** The length in bytes that a pack does not grow beyond, unless a single batch is longer. */
    public static final long FULL_LENGTH = 64L << 20;
    /** The number of frames after which a pack counts as full. */
    public static final int FULL_COUNT = 65_536;

    static final int TRAILER_LENGTH = 16;
    static final int LIST_OVERHEAD = 12;
    static final int LIST_ENTRY = ChunkId.LENGTH + Long.BYTES + Integer.BYTES;
    static final int FRAME_MAGIC = 0x54424346;
    static final int LIST_MAGIC = 0x54424958;
    static final int TRAILER_MAGIC = 0x54425045;
    static final int MAX_FRAME = FRAME_OVERHEAD + EncodedChunk.MAX_LENGTH;
    private static final byte[] MAGIC = "TIDEPACK".getBytes(StandardCharsets.US_ASCII);
    /** What is written. */
    static final int VERSION = 2;
    private static final int OLDEST = 1;
    private static final int CHECKED = MAGIC.length + Integer.BYTES;

    private PackFormat() {
    }

    static ByteBuffer header() {
        ByteBuffer header = ByteBuffer.allocate(HEADER_LENGTH).put(MAGIC).putInt(VERSION);
        return header.putInt(crc(header.slice(0, CHECKED))).flip();
    }

    /** Returns the version that an intact header states, or -1 if the bytes are no intact header. */
    static int version(ByteBuffer header) {
        boolean intact = header.remaining() >= HEADER_LENGTH && header.slice(0, MAGIC.length)
                .equals(ByteBuffer.wrap(MAGIC))
                && header.getInt(CHECKED) == crc(header.slice(0, CHECKED));
        return intact ? header.getInt(MAGIC.length) : -1;
    }

    /** Refuses a pack whose header states a version that is not known here; one without an intact header passes. */
    static void checkVersion(Path pack, FileChannel channel) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_LENGTH);
        while (header.hasRemaining() && channel.read(header, header.position()) > 0) {
            continue;
        }
        int found = version(header.flip());
        if (found >= 0 && (found < OLDEST || found > VERSION)) {
            throw new PackVersionException(pack, found, VERSION);
        }
    }

    static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /** Returns the length of a chunk's frame in bytes. */
    static int frameLength(EncodedChunk chunk) {
        return FRAME_OVERHEAD + chunk.data().remaining();
    }
}
