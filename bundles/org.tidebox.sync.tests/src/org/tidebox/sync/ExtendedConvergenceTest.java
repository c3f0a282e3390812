package org.tidebox.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.Extended;
import org.tidebox.sync.tests.MemoryRemote;
import org.tidebox.sync.tests.MemoryTreeStore;
import org.tidebox.sync.tests.RandomUser;
import org.tidebox.tree.ExtendedAttributes;
import org.tidebox.tree.Node;
import org.tidebox.tree.NodeKind;

/**
 * Whatever people do to files, folders and their extended attributes on two devices that keep these and one that keeps
 * them now and then: those that keep them end up with the same, which is what the server has.
 */
@Tag("C1")
class ExtendedConvergenceTest {
    private static final int SEEDS = Integer.getInteger("tidebox.seeds", 40);
    private static final int STEPS = 25;
    private static final int VALUE = 60;

    @TempDir
    private Path temporary;

    @Test
    void devicesThatKeepThemBecomeTheSame() throws Exception {
        Extended.assume(temporary);
        Integer only = Integer.getInteger("tidebox.seed");
        for (int seed = only == null ? 0 : only; seed < (only == null ? SEEDS : only + 1); seed++) {
            new Run(seed).run();
        }
    }

    private final class Run {
        private final int seed;
        private final Random random;
        private final MemoryRemote server = new MemoryRemote();
        private final List<Device> devices = new ArrayList<>();
        private final List<String> log = new ArrayList<>();
        private final RandomUser user;

        Run(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.user = new RandomUser(random, new TreeSet<>(), new TreeSet<>());
        }

        void run() throws Exception {
            try {
                for (int i = 0; i < 3; i++) {
                    devices.add(new Device("d" + i, temporary.resolve(seed + "/d" + i), server, new MemoryTreeStore(),
                            1000L * seed + i).keepExtended(i < 2));
                }
                for (int step = 0; step < STEPS; step++) {
                    work(devices.get(random.nextInt(devices.size())));
                }
                boolean all = random.nextBoolean();
                devices.getLast().keepExtended(all);
                settle();
                check(all ? 3 : 2);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + seed + "\n" + String.join("\n", log), e);
            } finally {
                devices.forEach(Device::close);
            }
        }

        private void work(Device device) throws Exception {
            log.add(user.act(device));
            log.add(tag(device));
            log.add(tag(device));
            if (random.nextInt(2) == 0) {
                Device syncing = devices.get(random.nextInt(devices.size()));
                log.add("sync " + devices.indexOf(syncing));
                syncing.folder().sync(ScanScope.EVERYTHING, HeadNews.UNKNOWN_HEAD);
            }
            if (random.nextInt(8) == 0) {
                boolean keep = random.nextBoolean();
                log.add("device 2 keeps them: " + keep);
                devices.getLast().keepExtended(keep);
            }
        }

        private String tag(Device device) throws IOException {
            List<String> paths = device.content().keySet().stream()
                    .filter(path -> !Files.isSymbolicLink(device.path(path))).toList();
            if (paths.isEmpty()) {
                return "nothing";
            }
            Path path = device.path(paths.get(random.nextInt(paths.size())));
            String name = "täg" + random.nextInt(4);
            if (random.nextInt(3) == 0 && Extended.of(path).containsKey(name)) {
                Extended.remove(path, name);
                return "untag " + path + " " + name;
            }
            byte[] value = new byte[random.nextInt(3) == 0 ? 0 : random.nextInt(VALUE)];
            random.nextBytes(value);
            Extended.set(path, name, value);
            return "tag " + path + " " + name + " " + HexFormat.of().formatHex(value);
        }

        private void settle() throws Exception {
            for (int round = 0; round < 8; round++) {
                long before = server.head();
                boolean quiet = true;
                for (Device device : devices) {
                    quiet &= device.sync().quiet() && device.store().cursor() == server.head();
                }
                if (quiet && before == server.head()) {
                    return;
                }
            }
            throw new AssertionError(
                    "still not quiet: " + devices.stream().map(device -> device.folder().status().toString()).toList());
        }

        private void check(int keeping) throws IOException {
            for (Device device : devices) {
                assertThat(device.folder().status().problems()).isEmpty();
                assertThat(device.content()).isEqualTo(devices.getFirst().content());
            }
            TreeMap<String, Node> byId = new TreeMap<>();
            server.live().forEach(node -> byId.put(node.id().toHex(), node));
            TreeMap<String, Map<String, String>> expected = new TreeMap<>();
            for (Node node : byId.values()) {
                if (node.kind() != NodeKind.LINK) {
                    expected.put(path(node, byId), texts(node.attributes().extended()));
                }
            }
            for (Device device : devices.subList(0, keeping)) {
                assertThat(tags(device)).as("device %d", devices.indexOf(device)).isEqualTo(expected);
            }
        }

        private static String path(Node node, Map<String, Node> byId) {
            Node parent = byId.get(node.parent().toHex());
            return parent == null ? node.name() : path(parent, byId) + "/" + node.name();
        }

        private static Map<String, String> texts(ExtendedAttributes extended) {
            TreeMap<String, String> texts = new TreeMap<>();
            extended.names().forEach(name -> texts.put(name, Extended.text(extended.value(name))));
            return texts;
        }

        private static TreeMap<String, Map<String, String>> tags(Device device) throws IOException {
            TreeMap<String, Map<String, String>> tags = new TreeMap<>();
            for (String path : device.content().keySet()) {
                if (!Files.isSymbolicLink(device.path(path))) {
                    tags.put(path, Extended.of(device.path(path)));
                }
            }
            return tags;
        }
    }
}
