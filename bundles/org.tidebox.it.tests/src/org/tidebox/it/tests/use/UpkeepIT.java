package org.tidebox.it.tests.use;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.Device;
import org.tidebox.it.tests.scene.Products;
import org.tidebox.it.tests.scene.Server;
import org.tidebox.it.tests.scene.Trees;
import org.tidebox.it.tests.scene.TwoDevices;

/** Looking after the data of a server, while devices work and while nobody does. */
@Tag("P3")
@Tag("P5")
class UpkeepIT {
    private static final int FILES = 40;

    @TempDir
    Path temp;

    @Test
    @Tag("A3")
    void garbageIsFreedWhileDevicesWork() throws Exception {
        try (TwoDevices scene = TwoDevices.start(temp)) {
            write(scene.laptop.folder(), "first", FILES);
            scene.assertSame();
            long before = stored(scene.server);
            ok(scene.server, "retention", TwoDevices.ACCOUNT, "papers", "--keep-last", "0", "--hourly", "0", "--daily",
                    "0", "--weekly", "0", "--monthly", "0", "--yearly", "0", "--trash-days", "0");
            assertThat(ok(scene.server, "retention", TwoDevices.ACCOUNT, "papers")).contains("papers");
            for (int i = 0; i < FILES; i++) {
                Files.delete(scene.laptop.folder().resolve("first " + i));
            }
            Files.writeString(scene.laptop.folder().resolve("stays"), "yes");
            scene.assertSame();
            write(scene.laptop.folder(), "second", FILES / 4);
            JsonNode done = json(scene.server, 0, "gc", "--lease", "0");
            assertThat(done.get("nodes").asInt()).isEqualTo(FILES);
            scene.assertSame();
            assertThat(json(scene.server, 0, "gc", "--lease", "0").get("problems")).isEmpty();
            assertThat(stored(scene.server)).isLessThan(before * 2 / 3);
            assertThat(json(scene.server, 0, "check").get("count").asInt()).isZero();
            assertThat(json(scene.server, 0, "scrub").get("chunks").asInt()).isPositive();
            try (Device third = new Device(temp, "third")) {
                third.joinAndAdd(scene.server.invite(TwoDevices.ACCOUNT), "papers");
                third.settle();
                Trees.assertSame(scene.laptop.folder(), third.folder());
            }
        }
    }

    @Test
    void flippedBitIsReportedWithItsPathAndADeviceMakesItGood() throws Exception {
        try (TwoDevices scene = TwoDevices.start(temp)) {
            byte[] noise = new byte[50_000];
            new Random(3).nextBytes(noise);
            Path thesis = Files.createDirectories(scene.laptop.folder().resolve("work")).resolve("thesis");
            Files.write(thesis, noise);
            scene.assertSame();
            scene.server.running().stop();
            Path pack = files(scene.server.data().resolve("packs")).stream()
                    .filter(file -> file.toString().endsWith(".pack")).findFirst().orElseThrow();
            byte[] bytes = Files.readAllBytes(pack);
            bytes[bytes.length / 2] ^= 16;
            Files.write(pack, bytes);
            Products.Said scrubbed = scene.server.say("", "scrub");
            assertThat(scrubbed.exit()).isEqualTo(1);
            assertThat(json(scene.server, 0, "stats").get("wanted").asInt()).isEqualTo(1);
            assertThat(scrubbed.err()).contains("work/thesis").contains("papers").doesNotContain("Exception");
            scene.server.start();
            await().atMost(Duration.ofSeconds(120))
                    .until(() -> json(scene.server, 0, "stats").get("wanted").asInt() == 0);
            assertThat(json(scene.server, 0, "scrub").get("count").asInt()).isZero();
            assertThat(json(scene.server, 0, "check").get("count").asInt()).isZero();
            try (Device third = new Device(temp, "third")) {
                third.joinAndAdd(scene.server.invite(TwoDevices.ACCOUNT), "papers");
                third.settle();
                Trees.assertSame(scene.laptop.folder(), third.folder());
            }
        }
    }

    @Test
    void damagedDatabaseIsRefusedWithAWayToGoOn() throws Exception {
        try (Server server = new Server(temp).start()) {
            server.addAccount("ada", TwoDevices.PASSWORD);
            server.running().stop();
            for (Path file : files(server.data().resolve("metadata/db/seg0"))) {
                Files.write(file, new byte[(int) Files.size(file)]);
            }
            Products.Said said = Products.run(Products.server(), Map.of(), "",
                    List.of("server", "run", "--data", server.data().toString(), "--port", "0"));
            assertThat(said.exit()).isEqualTo(1);
            assertThat(said.err()).contains("metadata").contains("put back a backup").doesNotContain("Exception");
        }
    }

    private static void write(Path folder, String name, int count) throws IOException {
        Random random = new Random(count);
        for (int i = 0; i < count; i++) {
            byte[] noise = new byte[1 + random.nextInt(60_000)];
            random.nextBytes(noise);
            Files.write(folder.resolve(name + " " + i), noise);
        }
    }

    private static long stored(Server server) throws Exception {
        return json(server, 0, "stats").get("bytes").asLong();
    }

    private static String ok(Server server, String... arguments) throws Exception {
        Products.Said said = server.say("", arguments);
        assertThat(said.exit()).as(said.err()).isZero();
        return said.out();
    }

    private static JsonNode json(Server server, int exit, String... arguments) throws Exception {
        String[] all = Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new);
        Products.Said said = server.say("", all);
        assertThat(said.exit()).as(said.err()).isEqualTo(exit);
        return new ObjectMapper().readTree(said.out());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }
}
