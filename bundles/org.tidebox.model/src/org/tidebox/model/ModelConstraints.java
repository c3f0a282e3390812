package org.tidebox.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.emf.common.util.BasicDiagnostic;
import org.eclipse.emf.common.util.Diagnostic;
import org.eclipse.emf.common.util.DiagnosticChain;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EValidator;
import org.eclipse.emf.ecore.impl.EValidatorRegistryImpl;
import org.eclipse.emf.ecore.util.Diagnostician;
import org.eclipse.emf.ecore.util.EObjectValidator;
import org.tidebox.model.internal.Labels;

/** What has to be true of a configuration beyond its form, as a validator of EMF. */
public final class ModelConstraints extends EObjectValidator {
    private static final String SOURCE = "org.tidebox.model";

    private final ConditionCheck conditions;

    /** Uses what knows the language of conditions. */
    public ModelConstraints(ConditionCheck conditions) {
        this.conditions = conditions;
    }

    /** Returns what is wrong with a configuration, a sentence for each; empty if nothing is. */
    public List<String> problems(Configuration configuration) {
        List<String> problems = new ArrayList<>();
        collect(diagnose(configuration), problems);
        return problems;
    }

    /** Returns what is wrong with a configuration; the data of each diagnostic are the objects that it is about. */
    public Diagnostic diagnose(Configuration configuration) {
        EValidator.Registry registry = new EValidatorRegistryImpl();
        registry.put(ModelPackage.eINSTANCE, this);
        return new Diagnostician(registry).validate(configuration,
                Map.of(EValidator.SubstitutionLabelProvider.class, Labels.INSTANCE));
    }

    private static void collect(Diagnostic diagnostic, List<String> problems) {
        if (diagnostic.getChildren().isEmpty() && diagnostic.getSeverity() != Diagnostic.OK) {
            problems.add(diagnostic.getMessage());
        }
        diagnostic.getChildren().forEach(child -> collect(child, problems));
    }

    @Override
    public boolean validate(EClass type, EObject object, DiagnosticChain found, Map<Object, Object> context) {
        List<String> problems = switch (object) {
            case Configuration configuration -> configuration(configuration);
            case FolderRules rules -> folder(rules);
            case Rule rule -> rule(rule);
            case TypeGroup group -> group(group);
            default -> List.of();
        };
        if (problems.isEmpty()) {
            return super.validate(type, object, found, context);
        }
        if (found != null) {
            problems.forEach(problem -> found
                    .add(new BasicDiagnostic(Diagnostic.ERROR, SOURCE, 0, problem, new Object[]{object})));
        }
        return false;
    }

    private static List<String> configuration(Configuration configuration) {
        List<String> problems = new ArrayList<>();
        Set<String> folders = new HashSet<>();
        for (FolderRules rules : configuration.getFolders()) {
            if (!folders.add(rules.getFolder())) {
                problems.add("The sync folder " + rules.getFolder() + " has two sets of rules; it needs one");
            }
        }
        Set<String> groups = new HashSet<>();
        for (TypeGroup group : configuration.getGroups()) {
            if (!groups.add(group.getName())) {
                problems.add("There are two groups of types named '" + group.getName() + "'; rename one");
            }
        }
        return problems;
    }

    private static List<String> folder(FolderRules rules) {
        List<String> problems = new ArrayList<>();
        if (isBlank(rules.getFolder())) {
            problems.add("A set of rules does not say which sync folder it is for");
        }
        if (rules.getUpload() == null || rules.getDownload() == null) {
            problems.add(Labels.of(rules) + ": one of the lists 'upload' and 'download' is missing");
        }
        return problems;
    }

    private List<String> rule(Rule rule) {
        if (isBlank(rule.getCondition())) {
            return List.of(Labels.of(rule) + " has no condition; write 'all' for every entry");
        }
        Optional<String> problem = conditions.problem(rule);
        return problem.map(text -> List.of(Labels.of(rule) + ": " + text)).orElse(List.of());
    }

    private static List<String> group(TypeGroup group) {
        List<String> problems = new ArrayList<>();
        if (isBlank(group.getName())) {
            problems.add("A group of types has no name");
        }
        if (group.getTypes().isEmpty() || group.getTypes().stream().anyMatch(ModelConstraints::isBlank)) {
            problems.add(Labels.of(group) + " names no type, or an empty one");
        }
        List<String> ring = ring(group);
        if (!ring.isEmpty()) {
            problems.add("Groups of types hold each other: " + String.join(" > ", ring) + "; take one out");
        }
        return problems;
    }

    /** Returns the names on a way from a group back to itself; empty if there is none. */
    private static List<String> ring(TypeGroup group) {
        List<String> way = new ArrayList<>(List.of(String.valueOf(group.getName())));
        return group.eContainer() instanceof Configuration configuration
                && leadsTo(group.getName(), group, configuration, way, new HashSet<>()) ? way : List.of();
    }

    private static boolean leadsTo(String goal, TypeGroup from, Configuration all, List<String> way, Set<String> seen) {
        for (String type : from.getTypes()) {
            way.add(type);
            if (type.equals(goal)) {
                return true;
            }
            for (TypeGroup next : all.getGroups()) {
                if (type.equals(next.getName()) && seen.add(type) && leadsTo(goal, next, all, way, seen)) {
                    return true;
                }
            }
            way.removeLast();
        }
        return false;
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }
}
