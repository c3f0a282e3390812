package org.tidebox.checks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** No file names a folder of somebody's machine or an artefact repository. */
public final class MachineTraceCheck implements Check {
    static final String MACHINE = "a path of one machine does not exist on the next one; use a relative path or find the place";
    static final String REPOSITORY = "where artefacts come from is the business of the user's Maven settings";

    private static final int LARGEST = 1 << 20;
    /** Written with character classes, so that this file does not match itself. */
    private static final Map<Pattern, String> TRACES = Map.of(
            Pattern.compile("(?<![\\w.<])/(?:roo[t]|wor[k]/(?:main|shared)|tm[p]/dev)(?![\\w])"), MACHINE,
            Pattern.compile("[A-Z]:\\\\{1,2}User[s]\\\\"), MACHINE,
            Pattern.compile(
                    "repo\\d*[.](?:maven|eclipse|spring)[.]|(?:download|archive)[.]eclipse[.]org|oss[.]sonatype|"
                            + "jitpack[.]io|jcente[r]|plugins[.]gradle[.]org"),
            REPOSITORY);

    @Override
    public List<Violation> run(SourceTree tree) throws IOException {
        List<Violation> violations = new ArrayList<>();
        for (Path file : tree.files(tree.root())) {
            if (Files.size(file) <= LARGEST && !file.toString().endsWith(".log")) {
                check(tree.relative(file), Files.readAllBytes(file), violations);
            }
        }
        return violations;
    }

    private static void check(Path file, byte[] content, List<Violation> violations) {
        String text = new String(content, StandardCharsets.UTF_8);
        if (text.indexOf('\0') >= 0) {
            return;
        }
        Map<Integer, Violation> byPlace = new TreeMap<>();
        TRACES.forEach((pattern, why) -> pattern.matcher(text).results().forEach(match -> {
            int line = 1 + (int) text.substring(0, match.start()).chars().filter(c -> c == '\n').count();
            byPlace.put(match.start(), new Violation(file, line, "names " + match.group(), why));
        }));
        violations.addAll(byPlace.values());
    }
}
