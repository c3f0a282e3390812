package org.tidebox.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A clause of a manifest header, such as {@code org.tidebox.tree;version="1.0.0"}.
 *
 * @param name
 *            the package or bundle that it names
 * @param version
 *            its version attribute; empty if it has none
 */
public record Clause(String name, String version) {
    private static final Pattern COMMA = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");
    private static final Pattern VERSION = Pattern.compile(";\\s*version=\"?([^\";]*)");

    /** Parses the value of a header; {@code null} stands for a missing header and gives no clauses. */
    public static List<Clause> parse(String header) {
        List<Clause> clauses = new ArrayList<>();
        if (header != null && !header.isBlank()) {
            for (String text : COMMA.split(header)) {
                Matcher version = VERSION.matcher(text);
                clauses.add(new Clause(text.strip().replaceAll("\\s*;.*", ""), version.find() ? version.group(1) : ""));
            }
        }
        return clauses;
    }
}
