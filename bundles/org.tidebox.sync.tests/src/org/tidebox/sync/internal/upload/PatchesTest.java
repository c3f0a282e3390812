package org.tidebox.sync.internal.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidebox.delta.Chunker;
import org.tidebox.delta.fastcdc.FastCdcChunker;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.MemoryRemote;
import org.tidebox.sync.tests.MemoryTreeStore;
import org.tidebox.sync.tests.TinyChunker;
import org.tidebox.tree.Node;

/** Small edits in large files travel as what they are, and always give the same file. */
@Tag("C5")
class PatchesTest {
    private static final int ROUNDS = Integer.getInteger("tidebox.rounds", 5);
    private static final String FILE = "disk.img";

    @TempDir
    Path temporary;
    private final MemoryRemote server = new MemoryRemote();
    private final Chunker tiny = new TinyChunker(512);

    /** Depth 0, 1 and 2: up to 128 chunks, up to some thousand, more. */
    @ParameterizedTest
    @CsvSource({"4096,400000,0,8000", "512,2000000,1,14000", "512,14000000,2,26000"})
    void anEditOfFourKibTravelsAsLittleMore(int least, int size, int depth, int most) throws Exception {
        Chunker chunker = new TinyChunker(least);
        try (Device one = device("one", 1, chunker); Device two = device("two", 2, chunker)) {
            byte[] content = random(1, size);
            write(one, content);
            assertSame(one, two);
            assertThat(recipeDepth()).isEqualTo(depth);

            System.arraycopy(random(2, 4096), 0, content, size / 2, 4096);
            assertThat(cost(one, two, content)).isBetween(2L * 4096, 2L * 4096 + most);
            assertThat(server.patchesUp).isPositive();
            assertThat(server.patchesDown).isPositive();

            byte[] longer = concat(new byte[]{7}, content);
            assertThat(cost(one, two, longer)).isLessThan(most);
            assertThat(cost(one, two, Arrays.copyOfRange(longer, 3000, longer.length))).isLessThan(most);
        }
    }

    @Test
    void largeFilesCostTheEditAsWell() throws Exception {
        try (Device one = device("one", 1, new FastCdcChunker()); Device two = device("two", 2, new FastCdcChunker())) {
            byte[] content = random(3, 24 << 20);
            write(one, content);
            assertSame(one, two);
            int asked = server.missingRequests;
            System.arraycopy(random(4, 4096), 0, content, 9_000_000, 4096);
            assertThat(cost(one, two, content)).isLessThan(24_000);
            assertThat(cost(one, two, concat(new byte[1], content))).isLessThan(20_000);
            assertThat(server.missingRequests - asked).isLessThanOrEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {60_000, 900_000, 12_000_000})
    void whateverIsEditedBothFilesAreTheSame(int size) throws Exception {
        int rounds = size > 1_000_000 ? Math.max(1, ROUNDS / 5) : ROUNDS;
        try (Device one = device("one", 1, tiny); Device two = device("two", 2, tiny)) {
            for (long seed = 0; seed < rounds; seed++) {
                Random random = new Random(seed);
                byte[] content = random.nextInt(4) == 0 ? new byte[size] : random(seed, size);
                write(one, content);
                assertSame(one, two);
                for (int i = 0; i < 4; i++) {
                    content = edited(random, content);
                    Device editor = random.nextBoolean() ? one : two;
                    write(editor, content);
                    assertSame(editor, editor == one ? two : one);
                    assertThat(Files.readAllBytes(one.path(FILE))).as("seed %d of %d", seed, size).isEqualTo(content);
                }
            }
        }
        assertThat(server.patchesUp).isPositive();
        assertThat(server.patchesDown).isPositive();
    }

    @Test
    void aFileThatIsNewInMostPartsIsSentAsOneThatIsNew() throws Exception {
        try (Device one = device("one", 1, tiny); Device two = device("two", 2, tiny)) {
            for (int size : new int[]{100_000, 3_000_000, 12_000_000}) {
                write(one, random(5, size));
                assertSame(one, two);
                long travelled = server.wireUp;
                write(one, random(6, size));
                assertSame(one, two);
                assertThat(server.wireUp - travelled).isLessThan(size + size / 10);
                server.forgetAll();
                Files.delete(one.path(FILE));
                one.sync();
                two.sync();
            }
        }
    }

    @Test
    void aServerWithoutPatchesGetsWholeChunks() throws Exception {
        server.speaksPatches = false;
        editIsSynced();
        assertThat(server.patchesUp + server.patchesDown).isZero();
    }

    @Test
    void whenABaseHasGoneTheChunkIsSentWhole() throws Exception {
        server.basesVanish = true;
        editIsSynced();
        assertThat(server.patchesUp).isZero();
        assertThat(server.signatureRequests).isPositive();
    }

    @Test
    void aWrongPatchIsFetchedAgainWhole() throws Exception {
        server.damagePatches = true;
        editIsSynced();
        assertThat(server.patchesDown).isPositive();
    }

    /** Nobody has looked at the file since, so its old version is taken for what it was. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatAnotherProgramWroteMeanwhileIsNotCopied(boolean isRestarted) throws Exception {
        try (Device one = device("one", 1, tiny); Device two = device("two", 2, tiny)) {
            byte[] content = random(9, 2_000_000);
            write(one, content);
            assertSame(one, two);
            byte[] meanwhile = content.clone();
            meanwhile[1_800_000]++;
            meanwhile[990_000]++;
            write(two, meanwhile);
            content[1_000_000]++;
            write(one, content);
            one.sync();
            if (isRestarted) {
                two.start();
            }
            two.folder().sync(ScanScope.NOTHING, HeadNews.UNKNOWN_HEAD);
            assertSame(one, two);
            assertThat(Files.readAllBytes(two.path(FILE))).isEqualTo(content);
            assertThat(two.content().values()).filteredOn(
                    text -> text.endsWith(new String(meanwhile, StandardCharsets.ISO_8859_1))).hasSize(1);
        }
    }

    @Test
    void whenOldListsHaveGoneAllIsSentThatMayBeNew() throws Exception {
        try (Device one = device("one", 1, tiny); Device two = device("two", 2, tiny)) {
            byte[] content = random(7, 2_000_000);
            write(one, content);
            assertSame(one, two);
            content[1_000_000]++;
            write(one, content);
            // Else it knows the lists itself.
            one.start();
            server.refuseFetches = true;
            assertThat(one.sync().quiet()).isTrue();
            server.refuseFetches = false;
            assertSame(one, two);
        }
    }

    private void editIsSynced() throws Exception {
        try (Device one = device("one", 1, tiny); Device two = device("two", 2, tiny)) {
            byte[] content = random(8, 2_000_000);
            write(one, content);
            assertSame(one, two);
            content[1_000_000]++;
            write(one, content);
            assertSame(one, two);
        }
    }

    /** Returns what travelled until both have a new content. */
    private long cost(Device one, Device two, byte[] content) throws Exception {
        long before = server.wireUp + server.wireDown;
        write(one, content);
        assertSame(one, two);
        return server.wireUp + server.wireDown - before;
    }

    private int recipeDepth() {
        return server.live().stream().filter(node -> node.name().equals(FILE)).map(Node::recipe).findFirst()
                .orElseThrow().depth();
    }

    private Device device(String name, long seed, Chunker chunker) throws IOException {
        Device device = new Device(name, temporary.resolve(name), server, new MemoryTreeStore(), seed, chunker);
        // A folder that becomes empty would stop and ask.
        Files.writeString(device.path("readme"), "stays");
        Files.setLastModifiedTime(device.path("readme"), FileTime.fromMillis(0));
        return device;
    }

    private static void write(Device device, byte[] content) throws IOException {
        Files.write(device.path(FILE), content);
    }

    private static void assertSame(Device one, Device two) throws Exception {
        for (Device device : new Device[]{one, two, one, two}) {
            assertThat(device.sync().quiet()).as("quiet, status: %s", device.folder().status()).isTrue();
        }
        assertThat(Files.mismatch(one.path(FILE), two.path(FILE))).isEqualTo(-1);
        assertThat(two.content().keySet()).isEqualTo(one.content().keySet());
    }

    /** Overwrites, inserts, deletes, moves, appends, truncates. */
    private static byte[] edited(Random random, byte[] content) {
        int from = random.nextInt(content.length + 1);
        int to = Math.min(content.length, from + random.nextInt(random.nextInt(4) == 0 ? 300_000 : 5_000));
        byte[] before = Arrays.copyOf(content, from);
        byte[] middle = Arrays.copyOfRange(content, from, to);
        byte[] after = Arrays.copyOfRange(content, to, content.length);
        return switch (random.nextInt(8)) {
            case 0, 1 -> concat(before, random(random.nextLong(), middle.length), after);
            case 2 -> concat(before, random(random.nextLong(), random.nextInt(5_000)), middle, after);
            case 3 -> concat(before, after);
            case 4 -> concat(middle, before, after);
            case 5 -> concat(before, middle, middle, after);
            case 6 -> concat(content, random(random.nextLong(), random.nextInt(200_000)));
            default -> Arrays.copyOf(content, Math.max(1, to));
        };
    }

    private static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }
}
