package org.tidebox.sync.internal.upload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidebox.remote.RemoteException;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.device.TreeStoreException;
import org.tidebox.sync.internal.Context;
import org.tidebox.sync.internal.content.LeafLevels;
import org.tidebox.sync.internal.disk.StaleException;
import org.tidebox.sync.internal.scan.FileReader;
import org.tidebox.sync.internal.trees.Triple;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.NodeId;

/**
 * Sends contents once more that the server has lost parts of, from files that are still as both sides agreed on. Only
 * the chunks that the server lacks travel. What was edited since is left alone: that is sent as an edit, and other
 * devices may have the former content.
 */
public final class Resender {
    private static final Logger LOG = LoggerFactory.getLogger(Resender.class);
    private final Context context;
    private final FileReader reader;
    private final CompressionLevel compression;
    private UploadWindow window;

    /** Prepares for a folder. */
    public Resender(Context context) {
        this.context = context;
        this.reader = new FileReader(context);
        this.compression = new CompressionLevel(context.clock());
    }

    /** Asks the server what it wants, and sends what is here of it. */
    public void run() throws RemoteException, TreeStoreException, InterruptedException {
        List<NodeId> wanted = context.remote().wanted(context.library());
        context.paths().forget();
        context.trees().load(wanted);
        for (NodeId id : wanted) {
            context.stop().check();
            Triple triple = context.trees().triple(id);
            if (triple.synced() != null && !triple.isDirty() && triple.base().recipe() != null) {
                send(triple.local());
            }
        }
        context.trees().discard();
    }

    private void send(LocalNode local) throws RemoteException, TreeStoreException, InterruptedException {
        Path path = context.paths().of(local);
        LeafLevels levels = new LeafLevels();
        window = new UploadWindow(compression);
        try {
            reader.<RemoteException>read(local, path, local.recipe(), (id, raw) -> take(levels, id, raw));
            flush();
            LOG.info("The server had lost parts of {}; it has them again", context.paths().display(path));
        } catch (StaleException | IOException | InvalidPathException e) {
            // Whatever it is now, a scan finds it, and it is told there if it cannot be read.
            LOG.info("The server has lost parts of {}, and the file here is another one now: {}",
                    context.paths().display(path), e.getMessage());
        }
    }

    private void take(LeafLevels levels, ChunkId id, ByteBuffer raw) throws RemoteException {
        window.add(id, raw, levels.levelOf(id, raw));
        if (window.isFull()) {
            flush();
        }
    }

    private void flush() throws RemoteException {
        window.send(context.remote(), context.library(), context.random(), null, false);
        window = new UploadWindow(compression);
    }
}
