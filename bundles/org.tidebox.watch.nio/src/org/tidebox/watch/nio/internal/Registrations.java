package org.tidebox.watch.nio.internal;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import org.tidebox.watch.nio.Registration;

/** The registrations that Java knows of, best first. */
public final class Registrations {
    private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};

    private Registrations() {
    }

    /** Returns what may work here, best first; the last one works everywhere. */
    public static List<Registration> candidates() {
        List<Registration> candidates = new ArrayList<>();
        WatchEvent.Modifier fileTree = fileTree();
        if (fileTree != null) {
            candidates.add(new OneKey(fileTree));
        }
        candidates.add(new KeyPerFolder());
        return candidates;
    }

    /** Looks the modifier up by name: it is the JDK's own, so another Java may lack it. */
    private static WatchEvent.Modifier fileTree() {
        try {
            Class<?> type = Class.forName("com.sun.nio.file.ExtendedWatchEventModifier", true,
                    ClassLoader.getSystemClassLoader());
            return type.getEnumConstants()[0] instanceof WatchEvent.Modifier modifier ? modifier : null;
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /** One key for the whole tree. */
    private record OneKey(WatchEvent.Modifier fileTree) implements Registration {
        @Override
        public boolean coversSubtree() {
            return true;
        }

        @Override
        public WatchKey register(Path folder, WatchService service) throws IOException {
            return folder.register(service, KINDS, fileTree);
        }
    }

    /** A key for each folder. */
    private record KeyPerFolder() implements Registration {
        @Override
        public boolean coversSubtree() {
            return false;
        }

        @Override
        public WatchKey register(Path folder, WatchService service) throws IOException {
            return folder.register(service, KINDS);
        }
    }
}
