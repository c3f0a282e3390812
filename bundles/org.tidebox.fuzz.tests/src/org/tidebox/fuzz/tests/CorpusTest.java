package org.tidebox.fuzz.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every input that was ever worth keeping, and changed ones of it, without the fuzzer. */
@Tag("P3")
class CorpusTest {
    private static final int CHANGED = Integer.getInteger("tidebox.cases", 500);

    static Stream<String> targets() {
        return Targets.ALL.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void whatWasKeptIsReadOrRefused(String name) throws Exception {
        try (Target target = Targets.ALL.get(name).get()) {
            for (Map.Entry<String, byte[]> input : inputs(name, target).entrySet()) {
                run(target, name + "/" + input.getKey(), input.getValue());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void whatIsChangedAtRandomIsReadOrRefused(String name) throws Exception {
        Random random = Seeds.random();
        try (Target target = Targets.ALL.get(name).get()) {
            List<byte[]> inputs = List.copyOf(inputs(name, target).values());
            for (int i = 0; i < CHANGED; i++) {
                run(target, name + " after " + i, Mutation.of(inputs, random));
            }
        }
    }

    private static Map<String, byte[]> inputs(String name, Target target) throws IOException {
        Map<String, byte[]> inputs = Corpus.read(Corpus.FOLDER, name);
        List<byte[]> seeds = target.seeds();
        assertThat(seeds).isNotEmpty();
        for (int i = 0; i < seeds.size(); i++) {
            inputs.put("seed " + i, seeds.get(i));
        }
        return inputs;
    }

    private static void run(Target target, String what, byte[] input) {
        try {
            Fuzz.run(target, input);
        } catch (Exception | Error e) {
            throw new AssertionError(what + ": " + HexFormat.of().formatHex(input), e);
        }
    }
}
