package org.tidebox.rules;

import java.util.List;

/** Rules that cannot be used. */
public final class RuleException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    /** Makes one; there has to be a problem. */
    public RuleException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Returns what is wrong, a sentence for each. */
    public List<String> problems() {
        return problems;
    }
}
