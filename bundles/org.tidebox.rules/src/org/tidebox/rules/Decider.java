package org.tidebox.rules;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.rules.internal.CompiledRules;

/** Decides on candidates: a list of rules, ready to be asked. Thread-safe. */
@ProviderType
public interface Decider {
    /** Decides that everything is transferred, as without rules. */
    Decider TRANSFER_ALL = (candidate, now) -> new Decision(Action.TRANSFER, Decision.DEFAULT, "there are no rules");

    /**
     * Decides.
     *
     * @param now what age is counted from
     */
    Decision decide(Candidate candidate, Instant now);

    /** Returns whether it may decide otherwise on the same candidate as time passes. */
    default boolean dependsOnTime() {
        return true;
    }

    /**
     * Makes a list of rules ready.
     *
     * @param groups the groups of types that conditions may name
     * @param detector what knows types; kept as long as the decider
     * @throws RuleException if there is a rule that cannot be used, or can never decide
     */
    static Decider of(RuleList rules, TypeGroups groups, TypeDetector detector) throws RuleException {
        return CompiledRules.of(rules, groups, detector);
    }

    /** Returns what decides in the place of rules that cannot be used: everything is held. */
    static Decider broken(List<String> problems) {
        Decision held = new Decision(Action.HOLD, Decision.BROKEN,
                "the rules cannot be used: " + String.join("; ", problems));
        return (candidate, now) -> held;
    }
}
