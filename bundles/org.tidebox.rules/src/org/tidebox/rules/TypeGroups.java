package org.tidebox.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tidebox.rules.internal.TypeSet;

/**
 * Names for several types. A type is an extension ({@code odt}, or {@code .odt} for one that nobody knows), a MIME type,
 * a family of those ({@code image/*}), or the name of a group.
 */
public final class TypeGroups {
    private static final Map<String, List<String>> BUILT_IN = builtIn();
    private static final Set<String> BUILT_IN_TYPES = BUILT_IN.values().stream().flatMap(List::stream)
            .collect(Collectors.toUnmodifiableSet());

    private final Map<String, List<String>> groups;

    private TypeGroups(Map<String, List<String>> groups) {
        this.groups = groups;
    }

    /** Returns the built-in groups alone. */
    public static TypeGroups builtInOnly() {
        return new TypeGroups(BUILT_IN);
    }

    /** Returns the built-in groups and others, which take the place of built-in ones of the same name. */
    public static TypeGroups with(Map<String, List<String>> own) {
        Map<String, List<String>> all = new TreeMap<>(BUILT_IN);
        own.forEach((name, types) -> all.put(name, List.copyOf(types)));
        return new TypeGroups(all);
    }

    /** Returns the names of all groups, in order. */
    public Set<String> names() {
        return groups.keySet();
    }

    /** Returns the types that a group was made of; empty if there is none of this name. */
    public List<String> types(String name) {
        return groups.getOrDefault(name, List.of());
    }

    /** Tells why a group cannot be used, as because a type that it names does not exist; empty if it can. */
    public Optional<String> problem(String name, TypeDetector detector) {
        try {
            TypeSet.of(List.of(name), this, detector);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Returns whether a built-in group names a type itself. */
    public static boolean holds(String type) {
        return BUILT_IN_TYPES.contains(type);
    }

    /**
     * Puts types in the place of groups.
     *
     * @return extensions and MIME types, no group
     * @throws IllegalArgumentException if a group holds itself; the message shows the ring
     */
    public List<String> expand(List<String> types) {
        List<String> expanded = new ArrayList<>();
        types.forEach(type -> expand(type, new ArrayList<>(), expanded));
        return expanded;
    }

    private void expand(String type, List<String> way, List<String> expanded) {
        List<String> members = groups.get(type);
        if (members == null) {
            expanded.add(type);
            return;
        }
        int before = way.indexOf(type);
        way.add(type);
        if (before >= 0) {
            throw new IllegalArgumentException("groups of types hold each other: "
                    + String.join(" > ", way.subList(before, way.size())) + "; take one out");
        }
        members.forEach(member -> expand(member, way, expanded));
        way.removeLast();
    }

    private static Map<String, List<String>> builtIn() {
        Properties stored = new Properties();
        try (InputStream in = TypeGroups.class.getResourceAsStream("groups.properties")) {
            stored.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, List<String>> groups = new TreeMap<>();
        stored.stringPropertyNames()
                .forEach(name -> groups.put(name, List.of(stored.getProperty(name).strip().split("\\s+"))));
        return groups;
    }
}
