package org.tidebox.fuzz.tests;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes inputs as transport, disks and people with bad intentions do. */
final class Mutation {
    private static final int MOST_STEPS = 8;
    private static final byte[] ODD = {0, 1, -1, 127, -128, '"', '\\', '\n', '%', '{', '[', '(', '*', ' '};

    private Mutation() {
    }

    /** Returns a changed copy of one of the inputs. */
    static byte[] of(List<byte[]> inputs, Random random) {
        byte[] made = any(inputs, random).clone();
        for (int steps = 1 + random.nextInt(MOST_STEPS); steps > 0; steps--) {
            made = step(made, inputs, random);
        }
        return made;
    }

    private static byte[] step(byte[] input, List<byte[]> inputs, Random random) {
        int at = random.nextInt(input.length + 1);
        int end = Math.min(input.length, at + 1 + random.nextInt(16));
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(input, at);
            case 1 -> replaced(input, at, end, new byte[0]);
            case 2 -> replaced(input, at, at, Arrays.copyOfRange(input, at, end));
            case 3 -> replaced(input, at, Math.min(input.length, at + 1), new byte[]{ODD[random.nextInt(ODD.length)]});
            case 4 -> {
                byte[] other = any(inputs, random);
                int from = random.nextInt(other.length + 1);
                yield replaced(input, at, end, Arrays.copyOfRange(other, from, Math.min(other.length, from + 24)));
            }
            default -> flipped(input, random);
        };
    }

    private static byte[] flipped(byte[] input, Random random) {
        byte[] flipped = input.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
        return flipped;
    }

    private static byte[] replaced(byte[] input, int from, int to, byte[] by) {
        return Samples.joined(Arrays.copyOf(input, from), by, Arrays.copyOfRange(input, to, input.length));
    }

    private static byte[] any(List<byte[]> inputs, Random random) {
        return inputs.get(random.nextInt(inputs.size()));
    }
}
