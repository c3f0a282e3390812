package org.tidebox.checks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** No class but one asks the machine for the time or sleeps, tests included; and imports name what they import. */
public final class BannedCallCheck implements Check {
    static final String CLOCK = "time comes from an InstantSource that is handed in, so that tests can turn it; "
            + "only org.tidebox.feature.SystemTime asks the machine";
    static final String SLEEP = "whoever sleeps waits too long or too short; wait for the condition (in tests: Awaitility)";
    static final String WILDCARD = "the manifest and the layer check need to know what is imported";

    private static final Path EXEMPT = Path.of("bundles/org.tidebox.feature/src/org/tidebox/feature/SystemTime.java");
    private static final Map<Pattern, String> BANNED = banned();

    @Override
    public List<Violation> run(SourceTree tree) throws IOException {
        List<Violation> violations = new ArrayList<>();
        for (String folder : List.of("bundles", "build-checks")) {
            for (JavaSource source : tree.sources(tree.root().resolve(folder))) {
                if (!source.file().equals(EXEMPT) && !isGenerated(source)) {
                    check(source, violations);
                }
            }
        }
        return violations;
    }

    private static boolean isGenerated(JavaSource source) {
        return source.file().toString().replace('\\', '/').contains("/src-gen/");
    }

    private static void check(JavaSource source, List<Violation> violations) {
        BANNED.forEach((pattern, why) -> {
            Matcher matcher = pattern.matcher(source.code());
            while (matcher.find()) {
                String found = matcher.group().replaceAll("\\s+", "");
                violations.add(new Violation(source.file(), source.lineAt(matcher.start()), "uses " + found, why));
            }
        });
        source.imports().stream().filter(one -> one.name().endsWith("*")).forEach(
                one -> violations.add(new Violation(source.file(), one.line(), "imports " + one.name(), WILDCARD)));
    }

    private static Map<Pattern, String> banned() {
        Map<Pattern, String> banned = new LinkedHashMap<>();
        String now = "\\b(?:Instant|LocalDate|LocalTime|LocalDateTime|ZonedDateTime|OffsetDateTime|Year|YearMonth)\\s*";
        banned.put(
                Pattern.compile(
                        now + "(?:\\.\\s*now\\s*\\(\\s*(?:Zone\\w+\\.[^()]*(?:\\([^()]*\\))?\\s*)?\\)|::\\s*now\\b)"),
                CLOCK);
        banned.put(Pattern.compile("\\bSystem\\s*(?:\\.|::)\\s*currentTimeMillis\\b"), CLOCK);
        banned.put(Pattern.compile("\\b(?:Clock|InstantSource)\\s*(?:\\.|::)\\s*(?:system|tick)\\w*"), CLOCK);
        banned.put(Pattern.compile("\\bnew\\s+Date\\s*\\(\\s*\\)"), CLOCK);
        banned.put(Pattern.compile("\\bThread\\s*(?:\\.|::)\\s*sleep\\b"), SLEEP);
        banned.put(Pattern.compile("\\bTimeUnit\\s*\\.\\s*[A-Z]+\\s*\\.\\s*sleep\\b"), SLEEP);
        return banned;
    }
}
