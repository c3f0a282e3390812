package org.tidebox.server.upkeep;

import java.util.List;
import org.tidebox.storage.StorageException;
import org.tidebox.storage.chunks.IndexedChunk;
import org.tidebox.storage.journal.ContentRow;
import org.tidebox.storage.journal.NodeRow;
import org.tidebox.storage.journal.VersionStamp;
import org.tidebox.storage.packs.PackPlace;
import org.tidebox.tree.LibraryId;

/** Reads long tables page by page; each page is a piece of work of its own. */
record Pages(Storage storage) {
    private static final int ROWS = 1_000;
    /** A version may have 5 KiB of recipe. */
    private static final int CONTENTS = 200;

    /** Takes a page. */
    @FunctionalInterface
    interface Taker<T> {
        void take(List<T> page) throws StorageException;
    }

    void chunks(long account, Taker<IndexedChunk> taker) throws StorageException {
        PackPlace after = null;
        List<IndexedChunk> page;
        do {
            PackPlace from = after;
            page = storage.chunks(chunks -> chunks.page(account, from, ROWS));
            taker.take(page);
            after = page.isEmpty() ? null : page.getLast().chunk().place();
        } while (page.size() == ROWS);
    }

    void chunks(long account, int level, Taker<IndexedChunk> taker) throws StorageException {
        PackPlace after = null;
        List<IndexedChunk> page;
        do {
            PackPlace from = after;
            page = storage.chunks(chunks -> chunks.page(account, level, from, ROWS));
            taker.take(page);
            after = page.isEmpty() ? null : page.getLast().chunk().place();
        } while (page.size() == ROWS);
    }

    /** Returns the highest sequence that was read, or {@code after} if there is nothing behind it. */
    long contents(LibraryId library, long after, Taker<ContentRow> taker) throws StorageException {
        long at = after;
        List<ContentRow> page;
        do {
            long from = at;
            page = storage.journal(journal -> journal.contents(library, from, CONTENTS));
            taker.take(page);
            at = page.isEmpty() ? at : page.getLast().sequence();
        } while (page.size() == CONTENTS);
        return at;
    }

    void nodes(LibraryId library, Taker<NodeRow> taker) throws StorageException {
        long at = 0;
        List<NodeRow> page;
        do {
            long from = at;
            page = storage.journal(journal -> journal.nodes(library, from, ROWS));
            taker.take(page);
            at = page.isEmpty() ? at : page.getLast().sequence();
        } while (page.size() == ROWS);
    }

    void stamps(LibraryId library, Taker<VersionStamp> taker) throws StorageException {
        VersionStamp after = null;
        List<VersionStamp> page;
        do {
            VersionStamp from = after;
            page = storage.journal(journal -> journal.stamps(library, from, ROWS));
            taker.take(page);
            after = page.isEmpty() ? null : page.getLast();
        } while (page.size() == ROWS);
    }
}
