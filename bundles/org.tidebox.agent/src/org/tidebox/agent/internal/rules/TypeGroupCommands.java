package org.tidebox.agent.internal.rules;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tidebox.agent.AgentException;
import org.tidebox.agent.AgentProblem;
import org.tidebox.agent.TypeGroupReport;
import org.tidebox.model.Configuration;
import org.tidebox.model.ModelException;
import org.tidebox.model.ModelFactory;
import org.tidebox.model.TypeGroup;

/** How people see and change the groups of types that conditions may name. */
public record TypeGroupCommands(RuleBook book, RuleChanges changes) {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_-]+");

    public List<TypeGroupReport> list() throws AgentException {
        try {
            return book.model().groups();
        } catch (ModelException e) {
            throw new AgentException(e.getMessage(), e.isPermanent(), e);
        }
    }

    public TypeGroupReport set(String wanted, List<String> types) throws AgentException {
        String name = lower(wanted);
        if (!NAME.matcher(name).matches()) {
            throw new AgentException("'" + wanted + "' is no name for a group; use letters, digits, - and _");
        }
        changes.changeAll("set a group of types", all -> {
            Optional<TypeGroup> known = find(all, name);
            TypeGroup group = known.orElseGet(ModelFactory.eINSTANCE::createTypeGroup);
            group.setName(name);
            group.getTypes().clear();
            types.forEach(type -> group.getTypes().add(lower(type)));
            if (known.isEmpty()) {
                all.getGroups().add(group);
            }
        });
        return list().stream().filter(group -> group.name().equals(name)).findFirst().orElseThrow();
    }

    public void remove(String name) throws AgentException {
        TypeGroupReport group = list().stream().filter(one -> one.own() && one.name().equals(lower(name))).findFirst()
                .orElseThrow(() -> new AgentException(new AgentProblem.NoOwnTypeGroup(name)));
        changes.changeAll("remove a group of types",
                all -> find(all, group.name()).ifPresent(all.getGroups()::remove));
    }

    private static Optional<TypeGroup> find(Configuration all, String name) {
        return all.getGroups().stream().filter(group -> name.equals(group.getName())).findFirst();
    }

    /** Types are told in lower case. */
    private static String lower(String type) {
        return Normalizer.normalize(type.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }
}
