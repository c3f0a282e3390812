package org.tidebox.rules.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.tidebox.rules.Action;
import org.tidebox.rules.Candidate;
import org.tidebox.rules.ConditionException;
import org.tidebox.rules.ConditionParser;
import org.tidebox.rules.Decider;
import org.tidebox.rules.Decision;
import org.tidebox.rules.Rule;
import org.tidebox.rules.RuleException;
import org.tidebox.rules.RuleList;
import org.tidebox.rules.TypeGroups;
import org.tidebox.rules.tika.TikaTypeDetector;

/**
 * What it takes to decide on many entries with 50 rules, of which most entries meet none: {@code -Dtidebox.rules.entries=100000}
 * says how many. Prints the first time, and the median of later ones.
 */
@EnabledIfSystemProperty(named = "tidebox.rules.entries", matches = "\\d+")
class DecisionFiguresTest {
    private static final int REPEATS = 21;
    private static final String[] ENDINGS = {"odt", "pdf", "jpg", "png", "mp3", "mkv", "txt", "java", "zip", "epub",
            "c",
            "docx", "xls", "tar.gz", "html", "unknown"};
    private static final Instant NOW = Instant.parse("2026-02-14T09:00:00Z");

    @Test
    void measure() throws Exception {
        int entries = Integer.getInteger("tidebox.rules.entries");
        List<Candidate> candidates = candidates(entries);
        Decider decider = decider();
        long[] nanos = new long[REPEATS];
        long met = 0;
        for (int i = 0; i < REPEATS; i++) {
            long began = System.nanoTime();
            met = 0;
            for (Candidate candidate : candidates) {
                met += decider.decide(candidate, NOW).rule() == Decision.DEFAULT ? 0 : 1;
            }
            nanos[i] = System.nanoTime() - began;
        }
        assertThat(met).isPositive();
        System.out.printf("FIGURE rules %d %.1f ms 50 rules, the first time%n", entries, nanos[0] / 1e6);
        Arrays.sort(nanos);
        System.out.printf("FIGURE rules %d %.1f ms 50 rules (%d entries meet one)%n", entries, nanos[REPEATS / 2] / 1e6,
                met);
    }

    private static Decider decider() throws ConditionException, RuleException {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            for (String condition : List.of("in /archive" + i + "/*/raw", "in \"folder " + i + "\" and size > 1 GiB",
                    "type image/* and name holiday" + i + "*",
                    "age > " + (3000 - i) + " days and type documents, films",
                    "name ~ \"(draft|copy)[0-9]{" + (i + 3) + "}.*\" or size > " + (200 - i) + " GiB")) {
                rules.add(new Rule(ConditionParser.parse(condition), Action.values()[i % 3]));
            }
        }
        return Decider.of(new RuleList(rules, Action.HOLD), TypeGroups.builtInOnly(), new TikaTypeDetector());
    }

    private static List<Candidate> candidates(int count) {
        Random random = new Random(1);
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder path = new StringBuilder();
            for (int depth = random.nextInt(5); depth > 0; depth--) {
                path.append("folder ").append(random.nextInt(50)).append('/');
            }
            path.append("file ").append(i).append('.').append(ENDINGS[random.nextInt(ENDINGS.length)]);
            candidates.add(Candidate.file(path.toString(), 1L << random.nextInt(32),
                    NOW.minus(Duration.ofDays(random.nextInt(2000)))));
        }
        return candidates;
    }
}
