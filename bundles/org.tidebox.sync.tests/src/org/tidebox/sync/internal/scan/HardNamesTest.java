package org.tidebox.sync.internal.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import com.google.common.jimfs.PathNormalization;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.sync.folder.Problem;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.MemoryTreeStore;
import org.tidebox.sync.tests.OnTwoDevices;

/** Names that a device has trouble with arrive, or are carried by the server and reported; never lost. */
@Tag("C1")
class HardNamesTest extends OnTwoDevices {
    private static final int MOST_BYTES = 255;
    private static final String LONG = "d".repeat(250);

    @Test
    void anyTextIsAName() throws Exception {
        long seed = Long.getLong("tidebox.seed", System.nanoTime());
        Random random = new Random(seed);
        Set<String> names = new TreeSet<>();
        while (names.size() < 200) {
            String name = randomName(random);
            if (!name.isEmpty() && !name.equals(".") && !name.equals("..")) {
                names.add(name);
            }
        }
        for (String name : names) {
            one.write("dir/" + name, "content of " + name);
        }
        settle();
        for (String name : names) {
            assertThat(two.read("dir/" + name)).as("seed %d", seed).isEqualTo("content of " + name);
        }
        assertSame();
    }

    @Test
    void namesOf255BytesAreRenamedDeletedAndGetConflictCopiesThatFit() throws Exception {
        String latin = "x".repeat(MOST_BYTES - 4) + ".txt";
        String wide = "語".repeat(MOST_BYTES / 3);
        one.write(latin, "1");
        one.write(wide, "1");
        assertSame();
        one.write(latin, "edited on one");
        two.write(latin, "edited on two, longer");
        Files.move(one.path(wide), one.path("y".repeat(MOST_BYTES)));
        one.sync();
        assertSame();
        assertThat(one.content()).hasSize(3);
        assertThat(one.content().keySet()).anyMatch(name -> name.contains("(conflict two"))
                .allMatch(name -> name.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES);
    }

    @Test
    void aNameWhoseBytesAreNoTextIsReportedAndLeftAlone() throws Exception {
        Process process = new ProcessBuilder("sh", "-c", "printf secret > \"$(printf 'a\\377b')\"")
                .directory(one.path("").toFile()).start();
        assertThat(process.waitFor()).isZero();
        one.write("fine", "1");
        settle();
        assertThat(two.content()).containsOnlyKeys("fine");
        assertThat(one.folder().status().problems()).singleElement().extracting(Problem::reason).asString()
                .startsWith("NameNoText");
        assertThat(one.path("").toFile().list()).hasSize(3);
    }

    @Test
    void anEntryThatIsRenamedToBytesThatAreNoTextIsKeptElsewhere() throws Exception {
        one.write("in/secret", "1");
        one.write("in/deep/er", "1");
        one.write("in/other", "1");
        assertSame();
        Map<String, String> before = two.content();
        shell("mv in/secret \"$(printf 'in/a\\377b')\"");
        settle();
        one.start();
        settle();
        assertThat(two.content()).isEqualTo(before);
        shell("mv \"$(printf 'in/a\\377b')\" in/secret");
        assertSame();
        assertThat(two.content()).isEqualTo(before);
        shell("mv in/deep \"$(printf 'in/d\\377b')\"");
        settle();
        assertThat(two.content()).isEqualTo(before);
        shell("rm -r in/d*");
        assertSame();
        assertThat(two.content()).containsOnlyKeys("in", "in/secret", "in/other");
    }

    @Test
    void anEntryWhoseNameCannotBeReadHoldsUpNoLaterDeletions() throws Exception {
        one.write("in/kept", "1");
        one.write("in/deleted", "1");
        shell("touch \"$(printf 'in/a\\377b')\"");
        settle();
        one.start();
        Files.delete(one.path("in/deleted"));
        settle();
        assertThat(two.content()).containsOnlyKeys("in", "in/kept");
        shell("rm in/a*");
        settle();
        shell("mv in/kept \"$(printf 'in/a\\377b')\"");
        settle();
        assertThat(two.content()).containsOnlyKeys("in", "in/kept");
    }

    private void shell(String command) throws Exception {
        assertThat(new ProcessBuilder("sh", "-c", command).directory(one.path("").toFile()).start().waitFor()).isZero();
    }

    @Test
    void aTreeTooDeepForADeviceIsReportedThereAndArrivesOnceItFits() throws Exception {
        String deep = "top" + ("/" + LONG).repeat(15);
        one.write(deep + "/bottom", "deep down");
        one.write("beside", "1");
        Path longRoot = temporary.resolve(LONG).resolve(LONG);
        try (Device three = new Device("three", longRoot, server, new MemoryTreeStore(), 3)) {
            assertSame();
            assertThat(three.sync().quiet()).isTrue();
            assertThat(three.read("beside")).isEqualTo("1");
            assertThat(three.folder().status().problems()).isNotEmpty()
                    .anyMatch(problem -> problem.reason().toString().contains("too long"));
            assertThat(three.sync().quiet()).isTrue();
            assertSame();
            assertThat(one.read(deep + "/bottom")).as("nothing is taken for deleted").isEqualTo("deep down");
            Files.move(one.path("top/" + LONG + "/" + LONG + "/" + LONG), one.path("higher"));
            assertSame();
            // The first run makes the way shorter, the next one goes it.
            for (int run = 0; run < 2; run++) {
                three.folder().retryNow();
                assertThat(three.sync().quiet()).isTrue();
            }
            assertThat(three.content()).isEqualTo(one.content());
            assertThat(three.folder().status().problems()).isEmpty();
        }
    }

    @Test
    void aTreeThatWasMovedTooDeepToBeSeenIsNotTakenForDeleted() throws Exception {
        String deep = "top" + ("/" + LONG).repeat(15);
        one.write(deep + "/bottom", "deep down");
        one.write("below/" + LONG + "/" + LONG + "/file", "1");
        assertSame();
        Path hidden = one.path("below/" + LONG + "/" + LONG + "/top");
        Files.move(one.path("top"), hidden);
        try {
            assertThat(one.sync().quiet()).isTrue();
            assertThat(one.folder().status().problems()).isNotEmpty();
            assertThat(server.live()).filteredOn(node -> node.name().equals("bottom")).hasSize(1);
        } finally {
            Files.move(hidden, one.path("top"));
        }
        assertSame();
        assertThat(two.read(deep + "/bottom")).isEqualTo("deep down");
        assertThat(one.folder().status().problems()).isEmpty();
    }

    @Test
    void windowsReportsNamesThatItReservesOrChangesAndKeepsTheOthers() throws Exception {
        List<String> impossible = List.of("CON", "nul.txt", "Com1", "lpt9.tar.gz", "aux .c", "trailing dot.", "blank ",
                "a:b", "what?", "back\\slash", "pipe|");
        List<String> possible = List.of("console", "nul-txt", "com10", "a.con", ".hidden", "ends.in.dots..txt", "x y");
        for (String name : impossible) {
            one.write(name, "1");
        }
        for (String name : possible) {
            one.write(name, "1");
        }
        one.write("folder./inside", "1");
        one.sync();
        try (FileSystem files = Jimfs.newFileSystem(Configuration.windows());
                Device windows = new Device("windows", files.getPath("C:\\box"), server, new MemoryTreeStore(),
                        3)) {
            windows.sync();
            windows.sync();
            assertThat(windows.content()).containsOnlyKeys(possible);
            assertThat(windows.folder().status().problems()).extracting(Problem::path)
                    .containsAll(impossible).contains("folder.");
            assertSame();
            assertThat(one.content()).hasSize(impossible.size() + possible.size() + 2);
            Files.move(one.path("CON"), one.path("no device"));
            one.sync();
            windows.sync();
            assertThat(windows.read("no device")).isEqualTo("1");
        }
    }

    @Test
    void aMacThatDecomposesNamesKeepsThemTheSame() throws Exception {
        Configuration mac = Configuration.osX().toBuilder()
                .setNameDisplayNormalization(PathNormalization.NFD)
                .setNameCanonicalNormalization(PathNormalization.NFD, PathNormalization.CASE_FOLD_ASCII).build();
        one.write("üñï/ärger.txt", "1");
        one.write("Ω", "2");
        one.sync();
        try (FileSystem files = Jimfs.newFileSystem(mac);
                Device apple = new Device("apple", files.getPath("/box"), server, new MemoryTreeStore(), 3)) {
            apple.sync();
            long head = server.head();
            apple.sync();
            assertThat(server.head()).as("a second look changes nothing").isEqualTo(head);
            apple.write("üñï/ärger.txt", "edited on the mac");
            apple.write("ö", "made on the mac");
            Files.move(apple.path("Ω"), apple.path("ω"));
            apple.sync();
            assertSame();
            assertThat(two.content()).containsOnlyKeys("üñï", "üñï/ärger.txt", "ω", "ö");
            assertThat(two.read("üñï/ärger.txt")).isEqualTo("edited on the mac");
        }
    }

    @Test
    void aRenameOfCaseOnlyThatADiskDoesNotDoIsReportedAndNotUndone() throws Exception {
        // Jimfs does nothing where a Mac renames, which is the harder case.
        try (FileSystem files = Jimfs.newFileSystem(Configuration.osX());
                Device apple = new Device("apple", files.getPath("/box"), server, new MemoryTreeStore(), 3)) {
            one.write("readme", "1");
            one.write("dir/file", "1");
            one.sync();
            apple.sync();
            Files.move(one.path("readme"), one.path("README"));
            Files.move(one.path("dir"), one.path("DIR"));
            one.sync();
            apple.sync();
            apple.sync();
            assertThat(apple.folder().status().problems()).extracting(Problem::path)
                    .containsExactlyInAnyOrder("readme", "dir");
            assertThat(apple.content()).containsOnlyKeys("readme", "dir", "dir/file");
            apple.write("dir/file", "edited on the mac");
            apple.sync();
            assertSame();
            assertThat(two.content()).containsOnlyKeys("README", "DIR", "DIR/file");
            assertThat(two.read("DIR/file")).isEqualTo("edited on the mac");
        }
    }

    private static String randomName(Random random) {
        StringBuilder name = new StringBuilder();
        int length = random.nextInt(1, 70);
        while (name.length() < length) {
            int point = switch (random.nextInt(4)) {
                case 0 -> random.nextInt(1, 0x80);
                case 1 -> random.nextInt(0xA0, 0x2000);
                case 2 -> random.nextInt(0x2000, 0xD800);
                default -> random.nextInt(0x1F300, 0x1FA00);
            };
            if (point != '/') {
                name.appendCodePoint(point);
            }
        }
        String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
        return composed.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES ? "" : composed;
    }
}
