package org.tidebox.sync.tests;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.tidebox.rules.Action;
import org.tidebox.rules.Candidate;
import org.tidebox.rules.Decider;
import org.tidebox.rules.Decision;

/** What decides in tests. */
public final class Deciders {
    private Deciders() {
    }

    /** Does to everything whose path holds a word what an action says; transfers the rest. */
    public static Decider on(String word, Action action) {
        return timeless((candidate, now) -> candidate.path().contains(word)
                ? new Decision(action, 1, "rule 1: " + word)
                : new Decision(Action.TRANSFER, Decision.DEFAULT, "default"));
    }

    /** Holds everything whose path holds a word. */
    public static Decider holding(String word) {
        return on(word, Action.HOLD);
    }

    /** Decides as another one that does not look at the time, and says so. */
    public static Decider timeless(Decider other) {
        return new Decider() {
            @Override
            public Decision decide(Candidate candidate, Instant now) {
                return other.decide(candidate, now);
            }

            @Override
            public boolean dependsOnTime() {
                return false;
            }
        };
    }

    /** Returns the content of a candidate as a text; none of what is not at hand. */
    public static String text(Candidate candidate) {
        try (InputStream content = candidate.content().open().orElse(InputStream.nullInputStream())) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
