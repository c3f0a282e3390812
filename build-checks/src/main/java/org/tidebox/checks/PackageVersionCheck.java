package org.tidebox.checks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Every exported package says in its {@code package-info.java} what it is for and which version it has. */
public final class PackageVersionCheck implements Check {
    static final String WHY = "importers rely on the version of an exported package, and its change is decided there: "
            + "package-info.java with a comment and @Version";
    static final String SAME = "the manifest must export the version that package-info.java states";
    static final String ROOT = "a newcomer reads the root package's package-info.java first";
    static final String INTERNAL = "internal packages are never exported";

    private static final Pattern VERSION = Pattern.compile("@(?:[\\w.]+\\.)?Version\\(\\s*\"([\\d.]+)\"\\s*\\)");

    @Override
    public List<Violation> run(SourceTree tree) throws IOException {
        List<Violation> violations = new ArrayList<>();
        for (Bundle bundle : tree.bundles()) {
            if (!bundle.isTests()) {
                check(bundle, violations);
            }
        }
        return violations;
    }

    private static void check(Bundle bundle, List<Violation> violations) throws IOException {
        Map<String, JavaSource> infos = bundle.sources().stream()
                .filter(source -> source.file().endsWith("package-info.java"))
                .collect(Collectors.toMap(JavaSource::packageName, source -> source));
        Path manifest = bundle.manifestFile();
        if (!infos.containsKey(bundle.name())) {
            violations.add(new Violation(bundle.tree().relative(bundle.folder()), 0, "no package-info.java", ROOT));
        }
        for (Clause exported : bundle.header("Export-Package")) {
            JavaSource info = infos.get(exported.name());
            Matcher version = VERSION.matcher(info == null ? "" : info.text());
            if (List.of(exported.name().split("\\.")).contains("internal")) {
                violations.add(new Violation(manifest, 0, "exports " + exported.name(), INTERNAL));
            } else if (info == null || !info.text().contains("/**") || !version.find()) {
                Path file = info == null ? manifest : info.file();
                violations
                        .add(new Violation(file, 0, "exported package " + exported.name() + " is not described", WHY));
            } else if (!exported.version().equals(version.group(1))) {
                violations.add(new Violation(manifest, 0,
                        "exports " + exported.name() + " as " + exported.version() + ", not " + version.group(1),
                        SAME));
            }
        }
    }
}
