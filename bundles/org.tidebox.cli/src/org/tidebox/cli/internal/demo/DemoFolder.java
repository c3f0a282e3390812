package org.tidebox.cli.internal.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.tidebox.cli.internal.shell.CommandFailure;

/**
 * Where the demo lives. It is made anew each time; a folder that the demo did not make is never touched.
 *
 * @param root the folder, absolute
 */
record DemoFolder(Path root) {
    private static final String MARKER = ".tidebox-demo";
    private static final String TEXT = "Made by 'tidebox demo', which may remove this folder with all that is in it.\n";

    /**
     * Makes the folder, after removing what an earlier demo left.
     *
     * @throws CommandFailure if something else is there
     */
    static DemoFolder create(Path root) throws IOException, CommandFailure {
        DemoFolder folder = new DemoFolder(root);
        if (Files.exists(root) && !Files.isRegularFile(root.resolve(MARKER))) {
            throw new CommandFailure("There is a 'demo' in " + root.getParent() + " that this command did not make; "
                    + "move it away, or run the demo in another folder");
        }
        folder.remove();
        Files.createDirectories(root);
        Files.writeString(root.resolve(MARKER), TEXT);
        return folder;
    }

    Path serverData() {
        return root.resolve("server-data");
    }

    Path home(String device) {
        return root.resolve(device + "-home");
    }

    Path files(String device) {
        return root.resolve(device);
    }

    /** Removes everything; the marker goes last, so that a demo that is cut short can be removed by the next one. */
    void remove() throws IOException {
        if (!Files.isRegularFile(root.resolve(MARKER))) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.equals(root.resolve(MARKER))) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(directory.equals(root) ? root.resolve(MARKER) : directory);
                return FileVisitResult.CONTINUE;
            }
        });
        Files.delete(root);
    }
}
