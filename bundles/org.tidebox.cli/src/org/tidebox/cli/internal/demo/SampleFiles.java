package org.tidebox.cli.internal.demo;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Makes a folder that looks like somebody's: letters, notes, accounts, pictures, a film. The same seed makes the same bytes.
 */
public final class SampleFiles {
    /** The one big file, relative to the folder. */
    public static final String FILM = "Videos/Harbour at dawn.mov";
    /** How big that file is, in bytes. */
    public static final long FILM_SIZE = 64L << 20;

    private static final List<String> PLACES = List.of("Lisbon", "Bergen", "Kyoto", "Trieste", "Halifax", "Valparaíso",
            "Tórshavn");
    private static final List<String> PEOPLE = List.of("Ada", "Grace", "Edsger", "Barbara", "Ken", "Radia", "Linus",
            "Margaret");
    private static final List<String> SUBJECTS = List.of("rent", "garden", "boat", "insurance", "recipe", "birthday",
            "choir", "bicycle");
    private static final List<String> WORDS = List.of("the", "tide", "comes", "in", "and", "takes", "our", "letters",
            "to", "another",
            "shore", "where", "somebody", "reads", "them", "slowly", "before", "evening", "with", "bread", "a",
            "window", "open", "of");
    private static final int BLOCK = 1 << 16;

    private final Random random;
    private final long filmSize;

    /** Makes a generator with a film of the usual size. */
    public SampleFiles(long seed) {
        this(seed, FILM_SIZE);
    }

    /** Makes a generator with a film of the given size in bytes. */
    public SampleFiles(long seed, long filmSize) {
        this.random = new Random(seed);
        this.filmSize = filmSize;
    }

    /** Fills a folder. */
    public void writeTo(Path folder) throws IOException {
        letters(folder.resolve("Letters"));
        notes(folder.resolve("Notes"));
        accounts(folder.resolve("Accounts"));
        pictures(folder.resolve("Pictures"));
        noise(folder.resolve(FILM), filmSize, "ftypqt  ");
        Files.createDirectories(folder.resolve("Ideas for later"));
    }

    /** Returns lines of prose. */
    public String prose(int lines) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            String line = random.ints(8 + random.nextInt(5), 0, WORDS.size()).mapToObj(WORDS::get)
                    .collect(Collectors.joining(" "));
            text.append(Character.toUpperCase(line.charAt(0))).append(line.substring(1)).append(".\n");
        }
        return text.toString();
    }

    private void letters(Path folder) throws IOException {
        for (int year = 2019; year <= 2026; year++) {
            for (String person : PEOPLE) {
                String name = String.format("%d-%02d Letter to %s.txt", year, 1 + random.nextInt(12), person);
                text(folder.resolve(String.valueOf(year)).resolve(name),
                        "Dear " + person + ",\n\n" + prose(20 + random.nextInt(60)));
            }
        }
    }

    private void notes(Path folder) throws IOException {
        for (int i = 1; i <= 120; i++) {
            String subject = SUBJECTS.get(random.nextInt(SUBJECTS.size()));
            text(folder.resolve(subject).resolve(String.format("%s %03d.md", subject, i)),
                    "# About the " + subject + "\n\n" + prose(5 + random.nextInt(30)));
        }
    }

    private void accounts(Path folder) throws IOException {
        for (int year = 2015; year <= 2026; year++) {
            StringBuilder table = new StringBuilder("month;income;rent;food;boat\n");
            for (int month = 1; month <= 12; month++) {
                table.append(String.format("%d-%02d;%d;%d;%d;%d%n", year, month, 2800 + random.nextInt(900), 950,
                        300 + random.nextInt(200), random.nextInt(400)).replace("\r", ""));
            }
            text(folder.resolve("Household " + year + ".csv"), table.toString());
        }
    }

    private void pictures(Path folder) throws IOException {
        for (String place : PLACES) {
            for (int i = 1; i <= 6; i++) {
                Path file = folder.resolve(place).resolve(String.format("IMG_%04d.jpg", 1000 + random.nextInt(9000)));
                noise(file, 80_000 + random.nextInt(400_000), "\u00ff\u00d8\u00ff\u00e0JFIF");
            }
        }
    }

    private void text(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Compressed pictures and films look like noise, so noise is what costs the same to send. */
    private void noise(Path file, long size, String start) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            byte[] head = start.getBytes(StandardCharsets.ISO_8859_1);
            out.write(head);
            byte[] block = new byte[BLOCK];
            for (long left = size - head.length; left > 0; left -= BLOCK) {
                random.nextBytes(block);
                out.write(block, 0, (int) Math.min(BLOCK, left));
            }
        }
    }
}
