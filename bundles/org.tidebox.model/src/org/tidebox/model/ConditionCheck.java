package org.tidebox.model;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Knows the language of conditions. */
@ConsumerType
@FunctionalInterface
public interface ConditionCheck {
    /** Accepts every condition. */
    ConditionCheck NONE = rule -> Optional.empty();

    /** Tells what is wrong with the condition of a rule, with the position; empty if nothing is. */
    Optional<String> problem(Rule rule);
}
