package org.tidebox.agent.internal.folders;

import java.nio.file.Path;
import java.util.Random;
import org.tidebox.sync.device.FolderDefinition;
import org.tidebox.sync.device.FolderId;
import org.tidebox.tree.LibraryId;

/** A folder at work whose runner has nothing to do, so that a test alone says what its engine shows. */
public final class RestingFolder implements AutoCloseable {
    private final FolderRunner runner;
    private final OpenFolder folder;

    public RestingFolder(Path root, FakeEngine engine, Random random) {
        FolderDefinition definition = new FolderDefinition(FolderId.random(random), root.toString(),
                LibraryId.random(random), "papers", false, false);
        Agenda agenda = new Agenda();
        runner = new FolderRunner("papers", engine, agenda, batch -> {
        }, random);
        folder = new OpenFolder(definition, root, new FakeDatabase().trees(definition.id()),
                (defined, place, trees) -> new OpenFolder.Work(engine, agenda, null, runner));
        folder.start();
        runner.start();
    }

    public OpenFolder folder() {
        return folder;
    }

    @Override
    public void close() {
        runner.close();
    }
}
