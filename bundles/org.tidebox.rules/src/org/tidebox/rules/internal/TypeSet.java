package org.tidebox.rules.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.tidebox.rules.TypeDetector;
import org.tidebox.rules.TypeGroups;

/** Some types, ready to be asked. */
public final class TypeSet {
    private static final Set<String> FAMILIES = Set.of("application", "audio", "chemical", "font", "image", "message",
            "model", "multipart", "text", "video");
    private static final int NEAR = 2;

    private final TypeDetector detector;
    private final Set<String> extensions = new HashSet<>();
    private final List<String> suffixes = new ArrayList<>();
    private final Set<String> exact = new HashSet<>();
    private final Set<String> families = new HashSet<>();
    private final Map<String, Boolean> known = new ConcurrentHashMap<>();

    private TypeSet(TypeDetector detector) {
        this.detector = detector;
    }

    /**
     * Puts types together.
     *
     * @throws IllegalArgumentException if there is no such type, or a group holds itself
     */
    public static TypeSet of(List<String> types, TypeGroups groups, TypeDetector detector) {
        TypeSet set = new TypeSet(detector);
        groups.expand(types).forEach(type -> set.add(type, groups));
        return set;
    }

    private void add(String type, TypeGroups groups) {
        if (type.contains("/")) {
            addMime(type);
        } else if (type.startsWith(".") && type.length() > 1) {
            addExtension(type.substring(1));
        } else if (TypeGroups.holds("." + type) || detector.ofExtension(type).isPresent()) {
            addExtension(type);
        } else {
            throw new IllegalArgumentException("there is no type '" + type + "'" + meant(type, groups)
                    + "; write ." + type + " for files with this extension, whatever they are");
        }
    }

    private void addMime(String type) {
        String family = type.substring(0, type.indexOf('/'));
        if (!FAMILIES.contains(family) && !family.startsWith("x-")) {
            throw new IllegalArgumentException("there is no family of types '" + family + "'; there are "
                    + String.join(", ", new TreeSet<>(FAMILIES)));
        }
        if (type.endsWith("/*")) {
            families.add(family + "/");
        } else if (detector.knows(type)) {
            exact.add(type);
        } else {
            throw new IllegalArgumentException("there is no type '" + type + "'");
        }
    }

    private void addExtension(String extension) {
        if (extension.contains(".")) {
            suffixes.add("." + extension);
        } else {
            extensions.add(extension);
        }
    }

    private static String meant(String type, TypeGroups groups) {
        return groups.names().stream().filter(name -> distance(name, type) <= NEAR).findFirst()
                .map(name -> "; did you mean '" + name + "'?").orElse("");
    }

    /** The number of edits from one word to another (Levenshtein 1965). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int kept = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(kept, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }

    /** Returns whether a file is of one of the types: by its extension, and by its content if it has none. */
    boolean contains(Facts facts) {
        String extension = facts.extension();
        if (!extension.isEmpty()) {
            return known.computeIfAbsent(extension, this::hasExtension)
                    || !suffixes.isEmpty() && suffixes.stream().anyMatch(facts.lowerName()::endsWith);
        }
        return facts.contentType(detector).filter(this::hasContent).isPresent();
    }

    private boolean hasExtension(String extension) {
        return extensions.contains(extension) || mayHaveMime() && detector.ofExtension(extension)
                .filter(this::hasMime).isPresent();
    }

    private boolean hasContent(String type) {
        return hasMime(type) || detector.extensions(type).stream().anyMatch(extensions::contains);
    }

    private boolean mayHaveMime() {
        return !exact.isEmpty() || !families.isEmpty();
    }

    private boolean hasMime(String type) {
        return exact.contains(type) || families.contains(type.substring(0, type.indexOf('/') + 1));
    }

    /** Returns whether each file of these types surely is one of the other types. */
    boolean isWithin(TypeSet other) {
        return extensions.stream().allMatch(other::hasExtension) && other.suffixes.containsAll(suffixes)
                && exact.stream().allMatch(other::hasMime) && other.families.containsAll(families);
    }

    /** Returns whether surely no file is of one of these types and of one of the others. */
    boolean isApartFrom(TypeSet other) {
        return suffixes.isEmpty() && other.suffixes.isEmpty() && meetsNone(other) && other.meetsNone(this);
    }

    private boolean meetsNone(TypeSet other) {
        return extensions.stream().noneMatch(extension -> other.hasExtension(extension)
                || detector.ofExtension(extension).filter(other::hasContent).isPresent())
                && exact.stream().noneMatch(other::hasContent) && families.stream().noneMatch(other.families::contains)
                && families.stream().noneMatch(
                        family -> other.exact.stream().anyMatch(type -> type.startsWith(family)));
    }
}
