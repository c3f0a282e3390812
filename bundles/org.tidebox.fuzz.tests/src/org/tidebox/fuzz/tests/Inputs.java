package org.tidebox.fuzz.tests;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes what the fuzzer begins with: the inputs that are kept, and those that our own code writes. */
public final class Inputs {
    private Inputs() {
    }

    /**
     * Makes the folders {@code kept} and {@code found}.
     *
     * @param arguments the name of a target or {@code all}, the folder of the corpus, and where the two folders go
     */
    public static void main(String[] arguments) throws Exception {
        Path corpus = Path.of(arguments[1]);
        Path kept = Files.createDirectories(Path.of(arguments[2]).resolve("kept"));
        Files.createDirectories(kept.resolveSibling("found"));
        for (String name : Targets.ALL.keySet()) {
            boolean all = arguments[0].equals(Fuzz.ALL);
            if (all || name.equals(arguments[0])) {
                write(name, all, Corpus.read(corpus, name), kept);
            }
        }
        // Targets have threads of their own.
        System.exit(0);
    }

    private static void write(String name, boolean all, Map<String, byte[]> inputs, Path folder) throws Exception {
        try (Target target = Targets.ALL.get(name).get()) {
            int number = 0;
            for (byte[] seed : target.seeds()) {
                inputs.put("seed-" + number++, seed);
            }
        }
        for (Map.Entry<String, byte[]> input : inputs.entrySet()) {
            Files.write(folder.resolve(name + "-" + input.getKey()),
                    all ? Samples.prefixed(Fuzz.index(name), input.getValue()) : input.getValue());
        }
    }
}
