package org.tidebox.sync.internal.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.tidebox.sync.internal.report.Progress;
import org.tidebox.sync.internal.report.Reasons;

/** Writes pieces of files, and keeps one file open at a time meanwhile. A file that fails says so itself. */
final class PieceWriter implements AutoCloseable {
    private final Progress progress;
    private Incoming open;

    PieceWriter(Progress progress) {
        this.progress = progress;
    }

    /** Writes a piece, unless its file failed. */
    void write(Incoming file, long offset, ByteBuffer raw) {
        if (file.failure() != null) {
            return;
        }
        try {
            if (open != file) {
                close();
                file.open();
                open = file;
            }
            file.write(offset, raw);
            progress.advance(file.node().id(), raw.remaining());
        } catch (IOException e) {
            file.fail(Reasons.of(e));
        }
    }

    /** Closes the file that is open. */
    @Override
    public void close() {
        Incoming last = open;
        open = null;
        try {
            if (last != null) {
                last.close();
            }
        } catch (IOException e) {
            last.fail(Reasons.of(e));
        }
    }
}
