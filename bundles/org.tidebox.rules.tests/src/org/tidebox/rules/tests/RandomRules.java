package org.tidebox.rules.tests;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tidebox.rules.Action;
import org.tidebox.rules.Candidate;
import org.tidebox.rules.Condition;
import org.tidebox.rules.Rule;

/** Rules and candidates out of few words, so that they meet often. */
final class RandomRules {
    static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");

    private static final List<String> FOLDERS = List.of("a", "/a", "/a/b", "b", "a/b", "/a/*", "**/b", "/a/**", "c d",
            "x(y)", "and");
    private static final List<String> TYPES = List.of("odt", "pdf", "jpg", "image/*", "image/jpeg", "documents",
            "pictures",
            "music", ".zzz", "video/mp4");
    private static final List<String> NAMES = List.of("*.odt", "a*", "?.pdf", "[ab].*", "*", "not", "a \"b\"");
    private static final List<String> FILES = List.of("a.odt", "b.pdf", "c.jpg", "d.mp4", "e.zzz", "f", "a", "b",
            "A.ODT");

    private final Random random;

    RandomRules(Random random) {
        this.random = random;
    }

    List<Rule> rules(int most) {
        List<Rule> rules = new ArrayList<>();
        for (int i = random.nextInt(most) + 1; i > 0; i--) {
            rules.add(new Rule(condition(2), one(List.of(Action.values()))));
        }
        return rules;
    }

    Condition condition(int depth) {
        int kind = random.nextInt(depth > 0 ? 10 : 7);
        return switch (kind) {
            case 0 -> new Condition.Everything();
            case 1 -> new Condition.InFolder(one(FOLDERS));
            case 2 ->
                new Condition.OfType(random.nextBoolean() ? List.of(one(TYPES)) : List.of(one(TYPES), one(TYPES)));
            case 3 -> new Condition.Size(random.nextBoolean(), one(List.of(0L, 10L, 1024L, 1500L, 5L << 30)));
            case 4 -> new Condition.Age(random.nextBoolean(), Duration.ofHours(one(List.of(0, 1, 24, 100, 7 * 24))));
            case 5 -> new Condition.Named(one(NAMES), false);
            case 6 -> new Condition.Named("[ab].*", true);
            case 7 -> new Condition.Not(condition(depth - 1));
            case 8 -> new Condition.AllOf(List.of(condition(depth - 1), condition(depth - 1)));
            default -> new Condition.AnyOf(List.of(condition(depth - 1), condition(depth - 1)));
        };
    }

    Candidate candidate() {
        StringBuilder path = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            path.append(one(List.of("a", "b", "c d", "x(y)"))).append('/');
        }
        if (random.nextInt(5) == 0) {
            return Candidate.folder(path + one(List.of("a", "b")));
        }
        return Candidate.file(path + one(FILES), one(List.of(0L, 5L, 11L, 1200L, 6L << 30)),
                NOW.minus(Duration.ofHours(one(List.of(0, 2, 50, 500)))));
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
