package org.tidebox.sync.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tidebox.rules.IgnoreProvider;
import org.tidebox.rules.IgnoreScope;
import org.tidebox.sync.DiskStamp;
import org.tidebox.tree.NodeName;

/** What in a sync folder is ignored: looks into the ignore files of the folders that a scan comes through. */
public final class Ignored {
    private static final int REMEMBERED = 1_000;

    /** What the device's owner, or a provider, decided for all folders. */
    private record Source(IgnoreProvider provider, String defaults) {
    }

    private final Path root;
    /** Ignore files as they were when they were last looked at. */
    private final Map<Path, DiskStamp> files = new HashMap<>();
    /** A scan goes depth first, so it needs the folders above the present one and no more. */
    private final Map<Path, IgnoreScope> scopes = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, IgnoreScope> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final AtomicBoolean usedAnew = new AtomicBoolean();
    private volatile Source source;

    Ignored(Path root) {
        this.root = root;
    }

    /** Ignores from the next scan on what a provider says. */
    void use(IgnoreProvider provider, String defaults) {
        source = new Source(provider, defaults);
        usedAnew.set(true);
    }

    /**
     * Forgets what was read: a scan begins.
     *
     * @return whether something else is ignored now, so that folders in which nothing changed have to be looked at, too
     */
    boolean forget() {
        scopes.clear();
        return usedAnew.getAndSet(false);
    }

    /**
     * Remembers the ignore file of a folder as it is now.
     *
     * @param file its stamp; {@code null} if there is none
     * @return whether it has changed, so that all in the folder has to be looked at
     */
    boolean hasChanged(Path folder, DiskStamp file) {
        DiskStamp before = file == null ? files.remove(folder) : files.put(folder, file);
        boolean changed = !Objects.equals(before, file);
        if (changed) {
            scopes.clear();
        }
        return changed;
    }

    /**
     * Returns what is ignored in a folder.
     *
     * @param hasFile whether it has an ignore file of its own
     * @throws IOException if an ignore file is there, and cannot be read
     */
    IgnoreScope in(Path folder, boolean hasFile) throws IOException {
        Source now = source;
        if (now == null) {
            return IgnoreScope.NOTHING;
        }
        IgnoreScope scope = scopes.get(folder);
        if (scope == null) {
            String own = hasFile ? read(folder.resolve(IgnoreProvider.FILE)) : "";
            scope = folder.equals(root)
                    ? now.provider().root(now.defaults(), own)
                    : above(folder.getParent()).enter(NodeName.normalize(folder.getFileName().toString()), own);
            scopes.put(folder, scope);
        }
        return scope;
    }

    private IgnoreScope above(Path folder) throws IOException {
        return in(folder, Files.isRegularFile(folder.resolve(IgnoreProvider.FILE)));
    }

    private static String read(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}
