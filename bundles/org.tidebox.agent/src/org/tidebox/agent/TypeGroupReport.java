package org.tidebox.agent;

import java.util.List;

/**
 * A name for several types of files.
 *
 * @param name of the group, used as a type in conditions
 * @param types extensions, MIME types and names of other groups
 * @param own whether the person made it; else it comes with the program
 */
public record TypeGroupReport(String name, List<String> types, boolean own) {
    /** Freezes the list. */
    public TypeGroupReport {
        types = List.copyOf(types);
    }
}
