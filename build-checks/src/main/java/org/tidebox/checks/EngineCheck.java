package org.tidebox.checks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Engines are plain Java: bundles marked {@code engine} in {@code layers.txt} import no framework, network, database or
 * window toolkit. They may use JGit's comparison of texts, which is plain Java whatever its name says, and the
 * annotations that the build turns into component descriptions, since these leave no trace at run time. Only a
 * component shell, that is a class with {@code @Component}, may look at services of the framework.
 */
public final class EngineCheck implements Check {
    static final String WHY = "engines are plain Java, so that they can be tested in milliseconds and reused in any host; "
            + "put this into a provider or a host";

    private static final List<String> FOREIGN = List.of("org.osgi.", "org.eclipse.", "org.apache.", "jakarta.",
            "java.sql.", "javax.sql.", "java.net.http.", "javax.net.", "com.sun.net.httpserver.", "java.awt.",
            "javax.swing.");
    private static final List<String> ALLOWED = List.of("org.osgi.annotation.",
            "org.osgi.service.component.annotations.", "org.osgi.service.component.propertytypes.",
            "org.osgi.service.metatype.annotations.", "org.eclipse.jgit.diff.", "org.eclipse.jgit.merge.");
    private static final String COMPONENT = "org.osgi.service.component.annotations.Component";
    private static final String FRAMEWORK = "org.osgi.framework.";

    @Override
    public List<Violation> run(SourceTree tree) throws IOException {
        Layers layers = Layers.read(tree);
        List<Violation> violations = new ArrayList<>();
        for (Bundle bundle : tree.bundles()) {
            Layers.Entry entry = layers.entries().get(bundle.name());
            if (entry != null && entry.isEngine()) {
                checkManifest(bundle, violations);
                checkSources(bundle, violations);
            }
        }
        return violations;
    }

    private static void checkManifest(Bundle bundle, List<Violation> violations) throws IOException {
        Stream.concat(bundle.header("Import-Package").stream(), bundle.header("Require-Bundle").stream())
                .filter(clause -> isForeign(clause.name() + ".") && !FRAMEWORK.equals(clause.name() + "."))
                .forEach(clause -> violations
                        .add(new Violation(bundle.manifestFile(), 0, "engine needs " + clause.name(), WHY)));
    }

    private static void checkSources(Bundle bundle, List<Violation> violations) throws IOException {
        for (JavaSource source : bundle.sources()) {
            boolean shell = source.imports().stream().anyMatch(one -> one.name().equals(COMPONENT));
            source.imports().stream().filter(one -> isForeign(one.name()))
                    .filter(one -> !(shell && one.name().startsWith(FRAMEWORK))).forEach(one -> violations
                            .add(new Violation(source.file(), one.line(), "engine imports " + one.name(), WHY)));
        }
    }

    private static boolean isForeign(String name) {
        return FOREIGN.stream().anyMatch(name::startsWith) && ALLOWED.stream().noneMatch(name::startsWith);
    }
}
