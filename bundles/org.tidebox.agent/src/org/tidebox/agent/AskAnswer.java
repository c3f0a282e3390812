package org.tidebox.agent;

import java.util.List;

/**
 * What a person says about entries that rules ask about.
 *
 * @param paths absolute; of a folder: all that is asked in it. Empty for everything
 * @param transfer whether to transfer them; else they are held
 * @param makesRule whether this is also the rule from now on: for each folder and each file that was named one of its
 *        own, before the rule that asked; where everything was answered, that rule itself gives this answer
 */
public record AskAnswer(List<String> paths, boolean transfer, boolean makesRule) {
    /** Freezes the list. */
    public AskAnswer {
        paths = List.copyOf(paths);
    }
}
