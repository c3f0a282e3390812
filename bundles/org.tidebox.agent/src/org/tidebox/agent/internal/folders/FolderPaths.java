package org.tidebox.agent.internal.folders;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tidebox.agent.Home;

/**
 * How the places of sync folders are written down: absolute; in portable mode relative to the home where they lie on the same stick, so
 * that the stick may be found elsewhere next time.
 */
public final class FolderPaths {
    private final Home home;
    private final Path stick;

    /**
     * Makes the rules for a home.
     *
     * @param stick the root of what is carried along with a portable home; unused for others
     */
    FolderPaths(Home home, Path stick) {
        this.home = home;
        this.stick = stick;
    }

    /** Makes the rules for a home, looking for the stick's root where it is portable. */
    public static FolderPaths of(Home home, Path userHome) throws IOException {
        return new FolderPaths(home, home.portable() ? findStick(home.root(), userHome) : home.root());
    }

    String write(Path folder) {
        return home.portable() && folder.startsWith(stick)
                ? home.root().relativize(folder).toString().replace('\\', '/')
                : folder.toString();
    }

    Path read(String written) {
        return home.root().resolve(written).normalize();
    }

    /**
     * The stick begins where its file store is mounted. A portable home on the disk that also holds the user's files is no stick:
     * then only what lies beside the program's folder moves with it.
     */
    private static Path findStick(Path home, Path userHome) throws IOException {
        FileStore store = Files.getFileStore(home);
        Path top = home;
        while (top.getParent() != null && Files.getFileStore(top.getParent()).equals(store)) {
            top = top.getParent();
        }
        if (!userHome.toAbsolutePath().normalize().startsWith(top)) {
            return top;
        }
        Path program = home.getParent() == null ? home : home.getParent();
        return program.getParent() == null ? program : program.getParent();
    }
}
