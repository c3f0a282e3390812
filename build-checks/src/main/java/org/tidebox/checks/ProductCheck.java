package org.tidebox.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Every bundle is in a product, and each product starts all bundles of ours that it holds. */
public final class ProductCheck implements Check {
    static final String STARTED = "components of a bundle that is not started never come to life; add it to <configurations>";
    static final String SHIPPED = "a bundle in no feature is in no product, and nobody can use it";

    private static final Pattern PLUGIN = Pattern.compile("<plugin\\s+id=\"(org\\.tidebox\\.[\\w.]+)\"");
    private static final Pattern STARTED_PLUGIN = Pattern
            .compile("<plugin\\s+id=\"(org\\.tidebox\\.[\\w.]+)\"\\s+autoStart=\"true\"");
    private static final Pattern FEATURE = Pattern.compile("<(?:feature|includes)\\s+id=\"(org\\.tidebox\\.[\\w.]+)\"");

    @Override
    public List<Violation> run(SourceTree tree) throws IOException {
        List<Violation> violations = new ArrayList<>();
        Set<String> shipped = new TreeSet<>();
        Set<String> fragments = new TreeSet<>();
        for (Bundle bundle : tree.bundles()) {
            if (!bundle.header("Fragment-Host").isEmpty()) {
                fragments.add(bundle.name());
            }
        }
        for (Path file : tree.files(tree.root())) {
            if (file.toString().endsWith(".product")) {
                String product = Files.readString(file);
                Set<String> held = new TreeSet<>();
                collect(tree, product, held);
                shipped.addAll(held);
                held.removeAll(names(STARTED_PLUGIN, product));
                // A fragment is part of its host, and is not started.
                held.removeAll(fragments);
                held.forEach(name -> violations
                        .add(new Violation(tree.relative(file), 0, "does not start " + name, STARTED)));
            }
        }
        for (Bundle bundle : tree.bundles()) {
            if (!bundle.isTests() && !shipped.contains(bundle.name())) {
                violations.add(new Violation(tree.relative(bundle.folder()), 0, "bundle in no product", SHIPPED));
            }
        }
        return violations;
    }

    /** Adds the bundles of all features that a product or feature names, and of those that they include. */
    private static void collect(SourceTree tree, String text, Set<String> held) throws IOException {
        for (String feature : names(FEATURE, text.replaceFirst("<feature\\s+id=\"[^\"]*\"\\s+label", ""))) {
            Path file = tree.root().resolve("features").resolve(feature).resolve("feature.xml");
            if (Files.exists(file)) {
                String content = Files.readString(file);
                held.addAll(names(PLUGIN, content));
                collect(tree, content, held);
            }
        }
    }

    private static List<String> names(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
    }
}
