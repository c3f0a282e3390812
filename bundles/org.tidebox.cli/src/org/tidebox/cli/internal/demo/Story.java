package org.tidebox.cli.internal.demo;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.tidebox.agent.AgentException;
import org.tidebox.cli.internal.shell.CommandFailure;
import org.tidebox.cli.internal.shell.Until;
import org.tidebox.cli.internal.text.Units;

/** What happens between the two devices, chapter by chapter, with the times measured as they are told. */
final class Story {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Stage stage;
    private final DemoDevice laptop;
    private final DemoDevice desktop;
    private final Until until;
    private final List<Chapter> chapters = new ArrayList<>();

    Story(Stage stage, DemoDevice laptop, DemoDevice desktop, Until until) {
        this.stage = stage;
        this.laptop = laptop;
        this.desktop = desktop;
        this.until = until;
    }

    /** Something done on one device. */
    @FunctionalInterface
    private interface Deed {
        void perform() throws IOException;
    }

    /** A command to the agents. */
    @FunctionalInterface
    private interface Order {
        void give() throws AgentException;
    }

    List<Chapter> chapters() {
        return List.copyOf(chapters);
    }

    /** The laptop's files, so many and so long together, come to the desktop. */
    void firstSync(long files, long bytes) throws AgentException, CommandFailure, InterruptedException {
        stage.headline("The laptop sends its folder, the desktop fetches it");
        long wire = wire();
        long started = System.nanoTime();
        laptop.add();
        desktop.add();
        List<ProgressView.Track> tracks = List.of(new ProgressView.Track(laptop, true),
                new ProgressView.Track(desktop, false));
        ProgressView view = new ProgressView(stage, tracks, bytes);
        try (view) {
            laptop.settle();
            desktop.settle();
        }
        tell("First sync", "Both hold the same " + Units.count(files, "file"), files, bytes, wire,
                Duration.ofNanos(System.nanoTime() - started));
    }

    void everydayLife() throws IOException, AgentException, CommandFailure, InterruptedException {
        stage.headline("Then life goes on");
        editLetter();
        touchFilm();
        renamePictures();
        deleteNote();
        editBoth();
    }

    private void editLetter() throws IOException, AgentException, CommandFailure, InterruptedException {
        Path letter = firstFile(laptop.files().resolve("Letters"));
        String ending = "\nP.S. The tide was kind today.\n";
        chapter("Letter edited", "A letter gets a postscript on the laptop", Files.size(letter),
                () -> Files.writeString(letter, ending, StandardOpenOption.APPEND),
                () -> Files.readString(twin(desktop, laptop, letter)).endsWith(ending));
    }

    private void touchFilm() throws IOException, AgentException, CommandFailure, InterruptedException {
        Path film = laptop.files().resolve(SampleFiles.FILM);
        long middle = Files.size(film) / 2;
        byte[] cut = "*** cut here ***".getBytes(StandardCharsets.US_ASCII);
        chapter("Film touched", "16 bytes change in the middle of the " + Units.bytes(Files.size(film)) + " film",
                Files.size(film),
                () -> write(film, middle, cut),
                () -> Arrays.equals(read(twin(desktop, laptop, film), middle, cut.length), cut));
    }

    private void renamePictures() throws IOException, AgentException, CommandFailure, InterruptedException {
        Path pictures = desktop.files().resolve("Pictures");
        long bytes = bytesIn(pictures.resolve("Kyoto"));
        chapter("Folder renamed", "The desktop renames Pictures/Kyoto to Pictures/Japan", bytes,
                () -> Files.move(pictures.resolve("Kyoto"), pictures.resolve("Japan")),
                () -> Files.isDirectory(laptop.files().resolve("Pictures/Japan"))
                        && !Files.exists(laptop.files().resolve("Pictures/Kyoto")));
    }

    private void deleteNote() throws IOException, AgentException, CommandFailure, InterruptedException {
        Path note = firstFile(laptop.files().resolve("Notes"));
        chapter("Note deleted", "A note is deleted on the laptop", Files.size(note),
                () -> Files.delete(note), () -> !Files.exists(twin(desktop, laptop, note)));
    }

    /** Both rest while both edit, as if both were away from the network. */
    private void editBoth() throws IOException, AgentException, CommandFailure, InterruptedException {
        Path here = firstFile(laptop.files().resolve("Notes"));
        Path there = twin(desktop, laptop, here);
        pause(true);
        Files.writeString(here, "\nThe laptop thinks so.\n", StandardOpenOption.APPEND);
        Files.writeString(there, "\nThe desktop thinks otherwise.\n", StandardOpenOption.APPEND);
        chapter("Edited on both", "Offline, both edit the same note: both versions are kept", Files.size(here),
                () -> {
                }, () -> conflictCopies(here) == 1 && conflictCopies(there) == 1, () -> pause(false));
    }

    private void chapter(String title, String text, long bytes, Deed deed, Until.Condition seen)
            throws IOException, AgentException, CommandFailure, InterruptedException {
        chapter(title, text, bytes, deed, seen, () -> {
        });
    }

    private void chapter(String title, String text, long bytes, Deed deed, Until.Condition seen, Order order)
            throws IOException, AgentException, CommandFailure, InterruptedException {
        long wire = wire();
        deed.perform();
        long started = System.nanoTime();
        order.give();
        until.holds(text, PATIENCE, seen);
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        tell(title, text, 1, bytes, wire, took);
        laptop.settle();
        desktop.settle();
    }

    private void tell(String title, String text, long files, long bytes, long wireBefore, Duration took)
            throws AgentException {
        long wire = wire() - wireBefore;
        chapters.add(new Chapter(title, files, bytes, wire, took.toMillis()));
        stage.step(text, took, Units.bytes(wire) + " on the wire");
    }

    private void pause(boolean rest) throws AgentException {
        for (DemoDevice device : List.of(laptop, desktop)) {
            if (rest) {
                device.agent().pauseFolder(device.files().toString());
            } else {
                device.agent().resumeFolder(device.files().toString());
            }
        }
    }

    private long wire() throws AgentException {
        return laptop.wire() + desktop.wire();
    }

    private static Path twin(DemoDevice other, DemoDevice owner, Path file) {
        return other.files().resolve(owner.files().relativize(file));
    }

    private static long conflictCopies(Path file) throws IOException {
        try (Stream<Path> siblings = Files.list(file.getParent())) {
            return siblings.filter(path -> path.getFileName().toString().contains("(conflict ")).count();
        }
    }

    private static Path firstFile(Path folder) throws IOException, CommandFailure {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().findFirst()
                    .orElseThrow(() -> new CommandFailure(
                            "There is no file in " + folder + " any more; run the demo again"));
        }
    }

    private static long bytesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static void write(Path file, long position, byte[] bytes) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.seek(position);
            out.write(bytes);
        }
    }

    private static byte[] read(Path file, long position, int length) throws IOException {
        byte[] bytes = new byte[length];
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(position);
            in.readFully(bytes);
        }
        return bytes;
    }
}
