package org.tidebox.sync.internal.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.sync.device.LocalNode;
import org.tidebox.sync.SyncFolder;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.MemoryRemote;
import org.tidebox.sync.tests.MemoryTreeStore;
import org.tidebox.sync.tests.RandomUser;
import org.tidebox.tree.NodeId;

/**
 * A look at the entries that a watcher names finds what a look at everything finds: two twins do the same at random; of
 * one the changed entries are named, of the other everything is looked at. Both end with the same tree, in which the
 * same entries are the ones from before. {@code -Dtidebox.seed=n} replays one run.
 */
@Tag("C1")
class NamedEntriesTest {
    private static final int SEEDS = Integer.getInteger("tidebox.seeds", 300);

    @Test
    void namedEntriesLeadToWhatALookAtEverythingLeadsTo() throws Exception {
        Integer only = Integer.getInteger("tidebox.seed");
        for (int seed = only == null ? 0 : only; seed < (only == null ? SEEDS : only + 1); seed++) {
            List<String> log = new ArrayList<>();
            try (Twin named = new Twin(seed, log); Twin whole = new Twin(seed, new ArrayList<>())) {
                live(new Random(seed), named, whole);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + seed + "\n" + String.join("\n", log), e);
            }
        }
    }

    private static void live(Random random, Twin named, Twin whole) throws Exception {
        for (int i = 0; i < 12; i++) {
            named.act();
            whole.act();
        }
        named.sync(ScanScope.EVERYTHING);
        whole.sync(ScanScope.EVERYTHING);
        for (int round = 0; round < 12; round++) {
            named.remember();
            whole.remember();
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                named.act();
                whole.act();
            }
            named.sync(named.changed(random));
            whole.sync(ScanScope.EVERYTHING);
            assertThat(named.content()).isEqualTo(whole.content());
            assertThat(named.origins()).isEqualTo(whole.origins());
        }
    }

    /** A device with a disk and a server of its own, and a person who does the same on both twins. */
    private static final class Twin implements AutoCloseable {
        private final FileSystem files = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "unix").build());
        private final MemoryTreeStore store = new MemoryTreeStore();
        private final Device device;
        private final RandomUser user;
        private final List<String> log;
        private Map<Path, String> before = Map.of();
        private final Map<NodeId, String> placesBefore = new HashMap<>();

        Twin(int seed, List<String> log) throws IOException {
            this.log = log;
            this.device = new Device("twin", files.getPath("/twin"), new MemoryRemote(), store, seed);
            this.user = new RandomUser(new Random(seed), new TreeSet<>(), new TreeSet<>());
        }

        void act() throws IOException {
            log.add(user.act(device));
        }

        void sync(ScanScope scope) throws Exception {
            log.add("sync " + scope);
            while (device.folder().sync(scope, HeadNews.UNKNOWN_HEAD).stopped()) {
                device.folder().resume();
            }
            assertThat(store.differences().isEmpty()).as("%s", device.folder().status()).isTrue();
        }

        void remember() throws IOException {
            before = stamps();
            placesBefore.clear();
            places(NodeId.ROOT, "").forEach((place, id) -> placesBefore.put(id, place));
        }

        /** Names what a watcher names, and now and then some more. */
        ScanScope changed(Random random) throws IOException {
            Map<Path, String> now = stamps();
            Set<Path> there = new HashSet<>();
            Set<Path> gone = new HashSet<>(before.keySet());
            gone.removeAll(now.keySet());
            Set<Path> subtrees = new HashSet<>();
            Set<Path> folders = new HashSet<>();
            now.forEach((path, stamp) -> {
                if (!stamp.equals(before.get(path)) || random.nextInt(8) == 0) {
                    there.add(path);
                }
                boolean isFolder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
                if (isFolder && !stamp.equals(before.get(path))) {
                    subtrees.add(path);
                } else if (isFolder && random.nextInt(8) == 0) {
                    folders.add(path);
                }
            });
            return new ScanScope(there, gone, folders, subtrees);
        }

        /** Returns the present stamp of each entry; of a folder its inode only, which no change in it changes. */
        private Map<Path, String> stamps() throws IOException {
            Map<Path, String> stamps = new TreeMap<>();
            try (Stream<Path> paths = Files.walk(device.path(""))) {
                for (Path path : paths.toList()) {
                    if (!path.equals(device.path("")) && !path.startsWith(device.path(SyncFolder.MARKER_FOLDER))) {
                        boolean isFolder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
                        String wanted = isFolder ? "unix:ino" : "unix:ino,ctime,size,lastModifiedTime";
                        stamps.put(path,
                                new TreeMap<>(Files.readAttributes(path, wanted, LinkOption.NOFOLLOW_LINKS))
                                        .toString());
                    }
                }
            }
            return stamps;
        }

        Map<String, String> content() {
            Map<String, String> content = new TreeMap<>();
            nodes(NodeId.ROOT, "").forEach((place, node) -> content.put(place,
                    node.kind() + " " + node.recipe() + " " + node.target()));
            return content;
        }

        /** Returns for each entry where it was before; "new" if it was not there. */
        Map<String, String> origins() {
            Map<String, String> origins = new TreeMap<>();
            places(NodeId.ROOT, "").forEach((place, id) -> origins.put(place, placesBefore.getOrDefault(id, "new")));
            return origins;
        }

        private Map<String, NodeId> places(NodeId folder, String at) {
            Map<String, NodeId> places = new TreeMap<>();
            nodes(folder, at).forEach((place, node) -> places.put(place, node.id()));
            return places;
        }

        private Map<String, LocalNode> nodes(NodeId folder, String at) {
            Map<String, LocalNode> nodes = new TreeMap<>();
            for (LocalNode node : store.children(folder)) {
                nodes.put(at + node.name(), node);
                nodes.putAll(nodes(node.id(), at + node.name() + "/"));
            }
            return nodes;
        }

        @Override
        public void close() throws IOException {
            device.close();
            files.close();
        }
    }
}
