package org.tidebox.checks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people see is printed in one place for each process, which writes out what is hidden in names. */
public final class PrintCheck implements Check {
    static final String WHY = "names come from others and may hold what moves a terminal's cursor; in the command line print"
            + " through org.tidebox.cli.internal.text.Printer, elsewhere log";
    private static final String CLI = "bundles/org.tidebox.cli/src/org/tidebox/cli/internal/";
    /** The places that print, and those that make them. */
    private static final List<String> PLACES = List.of(CLI + "text/Printer.java", CLI + "shell/Shell.java",
            "bundles/org.tidebox.agent/src/org/tidebox/agent/internal/host/AgentHost.java",
            "bundles/org.tidebox.server/src/org/tidebox/server/internal/ProductProcess.java",
            "bundles/org.tidebox.server/src/org/tidebox/server/internal/CommandLine.java");
    private static final Map<Pattern, String> BANNED = Map.of(
            Pattern.compile("\\bSystem\\s*\\.\\s*(?:out|err)\\b|\\.\\s*printStackTrace\\b"), "bundles/",
            Pattern.compile("\\bPrint(?:Stream|Writer)\\b"), CLI);

    @Override
    public List<Violation> run(SourceTree tree) throws IOException {
        List<Violation> violations = new ArrayList<>();
        for (JavaSource source : tree.sources(tree.root().resolve("bundles"))) {
            String file = source.file().toString().replace('\\', '/');
            if (!PLACES.contains(file) && !file.contains(".tests/")) {
                BANNED.forEach((pattern, below) -> {
                    if (file.startsWith(below)) {
                        find(source, pattern, violations);
                    }
                });
            }
        }
        return violations;
    }

    private static void find(JavaSource source, Pattern pattern, List<Violation> violations) {
        Matcher matcher = pattern.matcher(source.code());
        while (matcher.find()) {
            violations.add(new Violation(source.file(), source.lineAt(matcher.start()),
                    "uses " + matcher.group().replaceAll("\\s+", ""), WHY));
        }
    }
}
