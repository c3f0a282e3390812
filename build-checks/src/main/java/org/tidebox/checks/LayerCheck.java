package org.tidebox.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Bundles know only what their layer allows; {@code layers.txt} says which layer that is. */
public final class LayerCheck implements Check {
    static final String UPWARD = "a lower layer that knows a higher one can be neither used nor tested without it";
    static final String PROVIDER = "providers can be swapped while the product runs only if nobody but tests knows them";
    static final String INTERNAL = "internal packages are free to change; what others need belongs into an API package";
    static final String TESTS = "test bundles are not part of the products";
    static final String UNLISTED = "each bundle needs a line in " + Layers.FILE + ", or no rule protects it";
    static final String NAME = "folder = symbolic name = root package: who knows one knows all three";

    @Override
    public List<Violation> run(SourceTree tree) throws IOException {
        Layers layers = Layers.read(tree);
        List<Violation> violations = new ArrayList<>();
        for (Bundle bundle : tree.bundles()) {
            checkNames(bundle, violations);
            if (!bundle.isTests() && !layers.entries().containsKey(bundle.name())) {
                violations.add(new Violation(tree.relative(bundle.folder()), 0, "bundle without a layer", UNLISTED));
                continue;
            }
            checkManifest(bundle, layers, violations);
            for (JavaSource source : bundle.sources()) {
                for (JavaSource.Import one : source.imports()) {
                    judge(bundle, one.packageName(), layers).ifPresent(why -> violations
                            .add(new Violation(source.file(), one.line(), "imports " + one.name(), why)));
                }
            }
        }
        return violations;
    }

    private static void checkNames(Bundle bundle, List<Violation> violations) throws IOException {
        Path manifest = bundle.manifestFile();
        if (!Files.exists(bundle.tree().root().resolve(manifest))) {
            violations.add(new Violation(manifest, 0, "missing", "without it the build does not see the bundle"));
            return;
        }
        for (Clause name : bundle.header("Bundle-SymbolicName")) {
            if (!name.name().equals(bundle.name())) {
                violations.add(new Violation(manifest, 0, "symbolic name " + name.name(), NAME));
            }
        }
        for (JavaSource source : bundle.sources()) {
            if (!bundle.isTests() && !isWithin(source.packageName(), bundle.name())) {
                violations.add(new Violation(source.file(), 0, "package " + source.packageName(), NAME));
            }
        }
    }

    private static void checkManifest(Bundle bundle, Layers layers, List<Violation> violations) throws IOException {
        List<Clause> needed = new ArrayList<>(bundle.header("Import-Package"));
        needed.addAll(bundle.header("Require-Bundle"));
        for (Clause clause : needed) {
            judge(bundle, clause.name(), layers).ifPresent(
                    why -> violations.add(new Violation(bundle.manifestFile(), 0, "needs " + clause.name(), why)));
        }
    }

    /** Returns why a bundle must not use a package; nothing if it may. */
    private static Optional<String> judge(Bundle bundle, String packageName, Layers layers) throws IOException {
        if (!isWithin(packageName, "org.tidebox") || isWithin(packageName, bundle.name())) {
            return Optional.empty();
        }
        if (List.of(packageName.split("\\.")).contains("tests")) {
            return bundle.isTests() ? Optional.empty() : Optional.of(TESTS);
        }
        Optional<String> owner = layers.owner(packageName);
        if (owner.isEmpty()) {
            return Optional.of(UNLISTED);
        }
        Layers.Entry other = layers.entries().get(owner.get());
        if (bundle.isTests()) {
            boolean foreign = bundle.header("Fragment-Host").stream()
                    .noneMatch(host -> host.name().equals(owner.get()));
            return foreign && isInternal(packageName) ? Optional.of(INTERNAL) : Optional.empty();
        }
        if (isInternal(packageName)) {
            return Optional.of(INTERNAL);
        }
        if (other.isProvider()) {
            return Optional.of(PROVIDER);
        }
        return other.layer() > layers.entries().get(bundle.name()).layer() ? Optional.of(UPWARD) : Optional.empty();
    }

    private static boolean isInternal(String packageName) {
        return List.of(packageName.split("\\.")).contains("internal");
    }

    private static boolean isWithin(String packageName, String root) {
        return (packageName + ".").startsWith(root + ".");
    }
}
