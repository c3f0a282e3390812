package org.tidebox.it.tests.use;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.Device;
import org.tidebox.it.tests.scene.Server;
import org.tidebox.it.tests.scene.TwoDevices;

/** People send and fetch what they want, by rules and by hand. */
@Tag("D1")
@Tag("D3")
@Tag("D4")
@Tag("D5")
@Tag("P5")
class RulesIT {
    private static final int FILM = 52 << 20;

    @TempDir
    Path temp;

    @Test
    void eachDeviceGetsWhatItsRulesSay() throws Exception {
        try (Server server = new Server(temp);
                Device one = new Device(temp, "one");
                Device two = new Device(temp, "two");
                Device three = new Device(temp, "three");
                Device four = new Device(temp, "four")) {
            server.ensureRunning();
            server.addAccount(TwoDevices.ACCOUNT, TwoDevices.PASSWORD);
            fill(one.folder());

            join(one, server);
            rule(one, "add", "--up", "--type", "doc,docx,odt,rtf", "--then", "transfer");
            rule(one, "default", "--up", "hold");
            resume(one);
            assertThat(files(one)).hasSize(23);
            assertThat(one.ok("held", "list")).contains("up", "film.mkv", "no rule is for it");

            join(two, server);
            rule(two, "add", "--down", "--in", "/work", "--then", "transfer");
            rule(two, "default", "--down", "hold");
            resume(two);
            assertThat(files(two)).hasSize(5).allMatch(path -> path.startsWith("work/"));
            assertThat(listed(two, "held")).hasSize(3).allMatch(line -> line.contains("private/letter"));

            rule(one, "add", "--up", "--max-size", "50MiB", "--then", "transfer");
            one.settle();
            assertThat(listed(one, "held")).singleElement().asString().contains("films/film.mkv");
            one.ok("held", "transfer", one.folder().resolve("films/film.mkv").toString());
            one.settle();
            assertThat(listed(one, "held")).isEmpty();

            join(three, server);
            rule(three, "add", "--down", "--type", "pictures", "--then", "transfer");
            rule(three, "default", "--down", "hold");
            resume(three);
            assertThat(files(three)).hasSize(10).allMatch(path -> path.startsWith("pictures/"));

            join(four, server);
            rule(four, "default", "--down", "ask");
            resume(four);
            assertThat(files(four)).isEmpty();
            assertThat(listed(four, "ask")).hasSize(23);
            assertThat(four.ok("ask", "wait", "--timeout", "20")).startsWith("Question 1: what about 23 entries");
            four.ok("ask", "answer", "transfer", four.folder().resolve("work").toString());
            four.settle();
            assertThat(files(four)).hasSize(5).allMatch(path -> path.startsWith("work/"));
            four.ok("held", "transfer", four.folder().resolve("films/film.mkv").toString());
            four.settle();
            assertThat(files(four)).hasSize(6);
            assertThat(four.folder().resolve("films/film.mkv")).hasSize(FILM)
                    .hasSameBinaryContentAs(one.folder().resolve("films/film.mkv"));
        }
    }

    @Test
    @Tag("D2")
    void answersBecomeRulesAndWhatWasLeftAsideStaysThere() throws Exception {
        try (TwoDevices scene = TwoDevices.start(temp)) {
            Device laptop = scene.laptop;
            Device desktop = scene.desktop;
            rule(laptop, "default", "--up", "ask");
            write(laptop, "work/a");
            write(laptop, "b");
            scene.settle();
            laptop.ok("ask", "answer", "transfer", laptop.folder().resolve("work").toString(), "--rule");
            write(laptop, "work/c");
            scene.settle();
            assertThat(files(desktop)).containsExactly("work/a", "work/c");
            assertThat(listed(laptop, "ask")).singleElement().asString().contains("/b ");

            rule(desktop, "default", "--down", "hold");
            rule(desktop, "candidates", "--down", "since-transfer");
            write(laptop, "work/old");
            scene.settle();
            rule(desktop, "default", "--down", "transfer");
            write(laptop, "work/new");
            scene.settle();
            assertThat(files(desktop)).containsExactly("work/a", "work/c", "work/new");
            assertThat(desktop.ok("held", "list")).contains("work/old", "stored before the last transfer");
            desktop.ok("held", "transfer", "--all");
            scene.settle();
            assertThat(files(desktop)).contains("work/old");

            laptop.ok("rule", "group", "set", "scans", "jpg,pdf");
            rule(laptop, "add", "--up", "--type", "scans", "--then", "transfer");
            write(laptop, "page.pdf");
            scene.settle();
            assertThat(files(desktop)).contains("page.pdf").doesNotContain("b");
            assertThat(laptop.fails("rule", "group", "set", "scans", "jpg,scans")).contains("scans > scans");
        }
    }

    private static void write(Device device, String path) throws IOException {
        Path file = device.folder().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, path);
    }

    @Test
    void badRulesAreRefusedWithAReasonAndADamagedFileIsReplaced() throws Exception {
        try (TwoDevices scene = TwoDevices.start(temp)) {
            String folder = scene.laptop.folder().toString();
            assertThat(scene.laptop.fails("rule", "add", folder, "--up", "--max-size", "50", "--then", "hold"))
                    .contains("has no unit", "at character 9");
            assertThat(scene.laptop.fails("rule", "add", folder, "--up", "--type", "picturs", "--then", "hold"))
                    .contains("did you mean 'pictures'?");
            scene.laptop.ok("rule", "add", folder, "--up", "--all", "--then", "hold");
            assertThat(scene.laptop.fails("rule", "add", folder, "--up", "--in", "a", "--then", "ask"))
                    .contains("rule 2", "can never match");
            assertThat(scene.laptop.ok("rule", "list", folder)).contains("all", "hold");

            scene.laptop.close();
            Path file = scene.laptop.home().resolve("configuration.xmi");
            Files.write(file, List.of("<half"));
            scene.laptop.start();
            Files.writeString(scene.laptop.folder().resolve("a"), "a");
            scene.settle();
            assertThat(scene.desktop.folder().resolve("a")).doesNotExist();
            assertThat(scene.laptop.ok("status")).contains("last good copy");

            scene.laptop.ok("rule", "remove", folder, "1");
            scene.assertSame();
            assertThat(scene.desktop.folder().resolve("a")).exists();
        }
    }

    private static void join(Device device, Server server) throws IOException, InterruptedException {
        device.start();
        device.ok("join", server.invite(TwoDevices.ACCOUNT));
        device.ok("folder", "add", device.folder().toString(), "--library", "all", "--paused");
    }

    private static void resume(Device device) throws IOException, InterruptedException {
        device.ok("folder", "resume", device.folder().toString());
        device.settle();
    }

    private static void rule(Device device, String command, String... words) throws IOException, InterruptedException {
        List<String> all = Stream.concat(Stream.of("rule", command, device.folder().toString()), Stream.of(words))
                .toList();
        device.ok(all.toArray(String[]::new));
    }

    private static List<String> files(Device device) throws IOException {
        try (Stream<Path> paths = Files.walk(device.folder())) {
            return paths.filter(Files::isRegularFile).map(path -> device.folder().relativize(path).toString())
                    .filter(path -> !path.startsWith(".tidebox")).sorted().toList();
        }
    }

    /** Returns the lines about files. */
    private static List<String> listed(Device device, String command) throws IOException, InterruptedException {
        return device.ok(command, "list").lines().filter(line -> line.startsWith("up ") || line.startsWith("down "))
                .filter(line -> !line.contains(" folder ")).toList();
    }

    /** Eight documents, ten pictures, four books and a film. */
    private static void fill(Path folder) throws IOException {
        for (int i = 0; i < 5; i++) {
            zip(folder.resolve("work/report " + i + ".odt"), "application/vnd.oasis.opendocument.text");
        }
        for (int i = 0; i < 3; i++) {
            zip(folder.resolve("private/letter " + i + ".docx"), "word/document.xml");
        }
        for (int i = 0; i < 10; i++) {
            Path picture = folder.resolve("pictures/" + i + ".jpg");
            Files.createDirectories(picture.getParent());
            Files.write(picture, new byte[]{(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, (byte) i});
        }
        for (int i = 0; i < 4; i++) {
            zip(folder.resolve("books/" + i + ".epub"), "application/epub+zip");
        }
        Path film = folder.resolve("films/film.mkv");
        Files.createDirectories(film.getParent());
        byte[] content = new byte[FILM];
        new Random(1).nextBytes(content);
        Files.write(film, content);
    }

    private static void zip(Path file, String type) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("mimetype"));
            zip.write((type + " " + file.getFileName()).getBytes(StandardCharsets.US_ASCII));
            zip.closeEntry();
        }
    }
}
