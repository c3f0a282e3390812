package org.tidebox.sync.internal.upload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.remote.Remote;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.internal.content.FileReader;
import org.tidebox.sync.internal.content.FolderRemote;
import org.tidebox.sync.internal.disk.StaleException;
import org.tidebox.sync.internal.report.Stop;
import org.tidebox.sync.internal.report.Work;
import org.tidebox.sync.internal.trees.FolderTrees;
import org.tidebox.sync.internal.trees.LocalPaths;
import org.tidebox.sync.internal.trees.Trees;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.LibraryId;
import org.tidebox.tree.NodeId;

/**
 * Sends contents once more that the server has lost parts of, from files that are still as both sides agreed on. Only
 * the chunks that the server lacks travel. What was edited since is left alone: that is sent as an edit, and other
 * devices may have the former content.
 */
public final class Resender {
    private static final Logger LOG = LoggerFactory.getLogger(Resender.class);
    private final FolderRemote server;
    private final Trees trees;
    private final LocalPaths paths;
    private final Remote remote;
    private final LibraryId library;
    private final Stop stop;
    private final RandomGenerator random;
    private final FileReader reader;
    private final CompressionLevel compression;
    private UploadWindow window;

    /** Prepares for a folder. */
    public Resender(FolderTrees known, FolderRemote server, Work work, FileReader reader) {
        this.server = server;
        this.trees = known.trees();
        this.paths = known.paths();
        this.remote = server.remote();
        this.library = server.library();
        this.stop = work.stop();
        this.random = work.random();
        this.reader = reader;
        this.compression = new CompressionLevel(work.clock());
    }

    /** Asks the server what it wants, and sends what is here of it. */
    public void run() throws RemoteException, TreeStoreException, InterruptedException {
        List<NodeId> wanted = remote.wanted(library);
        paths.forget();
        trees.load(wanted);
        for (NodeId id : wanted) {
            stop.check();
            Triple triple = trees.triple(id);
            if (triple.synced() != null && !triple.isDirty() && triple.base().recipe() != null) {
                send(triple.local());
            }
        }
        trees.discard();
    }

    private void send(LocalNode local) throws RemoteException, TreeStoreException, InterruptedException {
        Path path = paths.of(local);
        window = new UploadWindow(compression);
        try {
            reader.<RemoteException>read(local, path, local.recipe(), this::take);
            flush();
            LOG.info("The server had lost parts of {}; it has them again", paths.display(path));
        } catch (StaleException | IOException | InvalidPathException e) {
            // Whatever it is now, a scan finds it, and it is told there if it cannot be read.
            LOG.info("The server has lost parts of {}, and the file here is another one now: {}",
                    paths.display(path), e.getMessage());
        }
    }

    private void take(ChunkId id, ByteBuffer raw, int level) throws RemoteException {
        window.add(id, raw, level);
        if (window.isFull()) {
            flush();
        }
    }

    private void flush() throws RemoteException {
        window.send(remote, library, random, null, false);
        window = new UploadWindow(compression);
    }
}
