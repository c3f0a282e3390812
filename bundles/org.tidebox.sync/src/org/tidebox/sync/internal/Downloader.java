package org.tidebox.sync.internal;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tidebox.sync.DiskStamp;
import org.tidebox.sync.LocalNode;
import org.tidebox.sync.RemoteException;
import org.tidebox.sync.SyncTotals;
import org.tidebox.sync.TreeStoreException;
import org.tidebox.tree.Node;

/**
 * Writes files with the server's content. They are put together in the temporary folder, made durable, and renamed to
 * their places; the database hears of them last. Small files share requests, and are made durable together.
 */
final class Downloader {
    private static final long BATCH_BYTES = 8 << 20;
    private static final int BATCH_FILES = 1_000;

    private final Context context;
    private final Placement placement;
    private final Assembler assembler;
    private boolean progressed;

    Downloader(Context context, Placement placement) {
        this.context = context;
        this.placement = placement;
        this.assembler = new Assembler(context);
    }

    /**
     * Carries out the downloads among some steps.
     *
     * @return whether at least one was done
     */
    boolean download(List<Operation> operations)
            throws TreeStoreException, RemoteException, IOException, InterruptedException {
        progressed = false;
        List<Node> batch = new ArrayList<>();
        long bytes = 0;
        for (Operation operation : operations) {
            if (operation instanceof Operation.Download download) {
                long size = download.node().recipe().size();
                if (!batch.isEmpty() && (bytes + size > BATCH_BYTES || batch.size() >= BATCH_FILES)) {
                    downloadBatch(batch);
                    batch.clear();
                    bytes = 0;
                }
                batch.add(download.node());
                bytes += size;
            }
        }
        downloadBatch(batch);
        return progressed;
    }

    private void downloadBatch(List<Node> nodes)
            throws TreeStoreException, RemoteException, IOException, InterruptedException {
        context.guard().forget();
        context.paths().forget();
        List<Incoming> files = new ArrayList<>();
        try {
            for (Node node : nodes) {
                if (isPossible(node)) {
                    files.add(new Incoming(node, context.temporary()));
                    context.progress().begin(node.id(), context.paths().display(target(node)), false,
                            node.recipe().size());
                }
            }
            assemble(files);
            force(files);
            for (Incoming file : files) {
                context.stop().check();
                arrive(file);
            }
        } finally {
            files.forEach(Incoming::discard);
            files.forEach(file -> context.progress().end(file.node().id()));
            placement.settle();
            context.durability().folders();
            context.trees().flush();
        }
    }

    private void assemble(List<Incoming> files) throws TreeStoreException, RemoteException, InterruptedException {
        try {
            assembler.assemble(files);
        } catch (RemoteException e) {
            if (e.getReason() != RemoteException.Reason.REFUSED) {
                throw e;
            }
            // One content that the server does not give must not hold up the others.
            for (Incoming file : files) {
                assembleAlone(file);
            }
        }
    }

    private void assembleAlone(Incoming file) throws TreeStoreException, RemoteException, InterruptedException {
        try {
            assembler.assemble(List.of(file));
        } catch (RemoteException e) {
            if (e.getReason() != RemoteException.Reason.REFUSED) {
                throw e;
            }
            file.fail(e.getMessage());
        }
    }

    /** A step before this one may have failed, so that the folder is not there. */
    private boolean isPossible(Node node) throws TreeStoreException {
        try {
            Triple triple = context.trees().triple(node.id());
            if (triple.isHere()) {
                return triple.local().samePlace(node);
            }
            if (!context.paths().isHere(node.parent())) {
                return false;
            }
            context.guard().free(target(node));
            return true;
        } catch (StaleException e) {
            context.rescan().add(e.folder());
            return false;
        } catch (IOException | InvalidPathException e) {
            context.problems().failed(node.id(), node.name(), e instanceof IOException refused
                    ? Reasons.of(refused)
                    : "this system cannot hold the name: " + e.getMessage());
            return false;
        }
    }

    private Path target(Node node) throws TreeStoreException {
        Triple triple = context.trees().triple(node.id());
        return triple.isHere()
                ? context.paths().of(triple.local())
                : context.paths().place(node.parent(), node.name());
    }

    private void force(List<Incoming> files) throws TreeStoreException, IOException {
        List<Path> whole = new ArrayList<>();
        for (Incoming file : files) {
            if (file.failure() == null) {
                try {
                    file.complete();
                    giveExtended(file);
                    context.disk().setTime(file.temporary(), file.node().attributes().mtime());
                    whole.add(file.temporary());
                } catch (IOException e) {
                    file.fail(Reasons.of(e));
                }
            }
        }
        context.durability().files(whole);
    }

    /** Comes before the mode, which may forbid it. */
    private void giveExtended(Incoming file) throws TreeStoreException, IOException {
        Node node = file.node();
        file.held(context.extended().give(node.id(), file.temporary(), target(node), node.attributes().extended()));
        Triple triple = context.trees().triple(node.id());
        if (triple.isHere() && context.extended().carry(triple.local(), target(node), file.temporary())) {
            file.held(null);
        }
    }

    private void arrive(Incoming file) throws TreeStoreException {
        Node node = file.node();
        try {
            if (file.failure() != null) {
                throw new IOException(file.failure());
            }
            replace(file);
            context.problems().clear(node.id());
            context.progress().add(new SyncTotals(0, 0, 1, node.recipe().size(), 0, 1, 0));
            progressed = true;
        } catch (StaleException e) {
            context.rescan().add(e.folder());
        } catch (IOException e) {
            context.problems().failed(node.id(), context.paths().display(target(node)), Reasons.of(e));
        }
    }

    private DiskStamp stamp(Path path) throws IOException {
        return context.disk().look(path).map(DiskEntry::stamp).orElse(DiskStamp.UNKNOWN);
    }

    private void replace(Incoming file) throws TreeStoreException, IOException, StaleException {
        Node node = file.node();
        Path target = target(node);
        Triple triple = context.trees().triple(node.id());
        context.disk().setMode(file.temporary(), node.attributes().mode());
        DiskStamp before = stamp(file.temporary());
        if (triple.isHere()) {
            placement.replace(file.temporary(), triple, target);
        } else {
            placement.create(file.temporary(), target);
        }
        context.durability().touched(target.getParent());
        String diskName = target.getFileName().toString();
        LocalNode written = LocalNode.of(node, Entries.keptStamp(before, stamp(target)))
                .withExtended(node.attributes().extended(), file.held());
        context.trees().putLocal(written.withPlace(node.parent(), node.name(), diskName));
    }
}
