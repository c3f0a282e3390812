package org.tidebox.checks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Packages of a bundle know each other in one direction only, and so do bundles. Only a package and its own {@code
 * internal} one, which holds what it hides, may know each other.
 */
public final class CircleCheck implements Check {
    static final String WHY = "what knows each other in a circle can be understood, tested and replaced only as a whole;"
            + " cut one of these imports";

    @Override
    public List<Violation> run(SourceTree tree) throws IOException {
        List<Violation> violations = new ArrayList<>();
        Map<String, String> owners = new HashMap<>();
        for (Bundle bundle : tree.bundles()) {
            bundle.sources().forEach(source -> owners.putIfAbsent(source.packageName(), bundle.name()));
        }
        Circles bundles = new Circles();
        for (Bundle bundle : tree.bundles()) {
            Circles packages = new Circles();
            Map<String, String> types = types(bundle);
            for (JavaSource source : bundle.sources()) {
                for (JavaSource.Import one : source.imports()) {
                    declared(one.name(), types).filter(other -> !source.packageName().equals(other + ".internal"))
                            .ifPresent(other -> packages.add(source.packageName(), other, source.file(), one));
                    String owner = owners.get(one.packageName());
                    if (owner != null && !bundle.isTests()) {
                        bundles.add(bundle.name(), owner, source.file(), one);
                    }
                }
            }
            packages.report("packages", violations);
        }
        bundles.report("bundles", violations);
        return violations;
    }

    /** Returns the package of each type of a bundle; tests may have packages of the same names as what they test. */
    private static Map<String, String> types(Bundle bundle) throws IOException {
        Map<String, String> types = new HashMap<>();
        for (JavaSource source : bundle.sources()) {
            String type = source.file().getFileName().toString().replace(".java", "");
            types.put(source.packageName() + "." + type, source.packageName());
        }
        return types;
    }

    /** Returns the package of the type that an import names, or whose member it names. */
    private static Optional<String> declared(String imported, Map<String, String> types) {
        for (String name = imported; name.contains("."); name = name.substring(0, name.lastIndexOf('.'))) {
            if (types.containsKey(name)) {
                return Optional.of(types.get(name));
            }
        }
        return Optional.empty();
    }

    /** Who imports whom, and where. */
    private static final class Circles {
        private final Map<String, Map<String, Place>> edges = new TreeMap<>();

        private record Place(Path file, JavaSource.Import statement) {
        }

        void add(String from, String to, Path file, JavaSource.Import statement) {
            if (!from.equals(to)) {
                edges.computeIfAbsent(from, key -> new TreeMap<>()).putIfAbsent(to, new Place(file, statement));
            }
        }

        /** Reports each import that leads from one member of a circle to another. */
        void report(String what, List<Violation> violations) {
            edges.forEach((from, targets) -> targets.forEach((to, place) -> {
                if (leads(to, from, new ArrayList<>())) {
                    violations.add(new Violation(place.file, place.statement.line(), "imports " + place.statement.name()
                            + ", which makes a circle of " + what + ": " + from + " -> " + to + " -> … -> " + from,
                            WHY));
                }
            }));
        }

        private boolean leads(String from, String to, List<String> seen) {
            if (from.equals(to)) {
                return true;
            }
            if (seen.contains(from)) {
                return false;
            }
            seen.add(from);
            return edges.getOrDefault(from, Map.of()).keySet().stream().anyMatch(next -> leads(next, to, seen));
        }
    }
}
