package org.tidebox.rules;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.osgi.annotation.versioning.ProviderType;

/** What a rule asks of a candidate. {@link #text} gives the form that {@link ConditionParser} reads. */
@ProviderType
public sealed interface Condition {
    /** Returns the condition as people write it; reading that again gives an equal condition. */
    String text();

    /**
     * Returns what is met by one folder and all that lies in it, or by what has one name and lies in one folder.
     *
     * @param path from the sync folder's root on, parted by {@code /}
     * @param isFolder whether it is that of the folder; else of what has the name
     */
    static Condition at(String path, boolean isFolder) {
        String literal = path.replaceAll("[\\\\*?\\[]", "\\\\$0");
        if (isFolder) {
            return new InFolder("/" + literal);
        }
        int slash = literal.lastIndexOf('/');
        Condition named = new Named(literal.substring(slash + 1), false);
        return slash < 0 ? named : new AllOf(List.of(new InFolder("/" + literal.substring(0, slash)), named));
    }

    /** Returns whether what meets it now may not meet it later, or the other way round, without being changed. */
    default boolean dependsOnTime() {
        return switch (this) {
            case Age age -> true;
            case AllOf all -> all.parts().stream().anyMatch(Condition::dependsOnTime);
            case AnyOf any -> any.parts().stream().anyMatch(Condition::dependsOnTime);
            case Not not -> not.part().dependsOnTime();
            case Everything everything -> false;
            case InFolder in -> false;
            case OfType type -> false;
            case Size size -> false;
            case Named named -> false;
        };
    }

    /** Met by everything. */
    record Everything() implements Condition {
        @Override
        public String text() {
            return "all";
        }
    }

    /**
     * Met by what lies in a folder, however deep, and by the folder.
     *
     * @param pattern a glob over the folder's path: {@code *}, {@code ?} and {@code [a-z]} within a name, {@code **} for any
     *            number of names; beginning with {@code /} it counts from the root, else from any folder
     */
    record InFolder(String pattern) implements Condition {
        @Override
        public String text() {
            return "in " + Quotes.quoted(pattern);
        }
    }

    /**
     * Met by a file of one of some types.
     *
     * @param types extensions, MIME types, families such as {@code image/*}, and names of groups; in lower case
     */
    record OfType(List<String> types) implements Condition {
        /** Freezes the list. */
        public OfType {
            types = List.copyOf(types);
        }

        @Override
        public String text() {
            return "type " + types.stream().map(Quotes::quoted).collect(Collectors.joining(", "));
        }
    }

    /**
     * Met by a file whose size lies on one side of a limit.
     *
     * @param above whether larger ones meet it; else those up to the limit
     * @param limit in bytes
     */
    record Size(boolean above, long limit) implements Condition {
        @Override
        public String text() {
            return "size " + (above ? "> " : "<= ") + ByteSize.text(limit);
        }
    }

    /**
     * Met by a file whose content was changed last on one side of a limit.
     *
     * @param above whether older ones meet it; else those up to that old
     * @param limit how old
     */
    record Age(boolean above, Duration limit) implements Condition {
        @Override
        public String text() {
            return "age " + (above ? "> " : "<= ") + TimeSpan.text(limit);
        }
    }

    /**
     * Met by what has a name of some form.
     *
     * @param pattern what the whole name has to look like
     * @param regular whether that is a regular expression of Java; else a glob
     */
    record Named(String pattern, boolean regular) implements Condition {
        @Override
        public String text() {
            return (regular ? "name ~ " : "name ") + Quotes.quoted(pattern);
        }
    }

    /** Met if all of several are. */
    record AllOf(List<Condition> parts) implements Condition {
        /** Freezes the list. */
        public AllOf {
            parts = List.copyOf(parts);
        }

        @Override
        public String text() {
            return parts.stream().map(part -> part instanceof AnyOf || part instanceof AllOf
                    ? "(" + part.text() + ")"
                    : part.text()).collect(Collectors.joining(" and "));
        }
    }

    /** Met if one of several is. */
    record AnyOf(List<Condition> parts) implements Condition {
        /** Freezes the list. */
        public AnyOf {
            parts = List.copyOf(parts);
        }

        @Override
        public String text() {
            return parts.stream().map(part -> part instanceof AnyOf ? "(" + part.text() + ")" : part.text())
                    .collect(Collectors.joining(" or "));
        }
    }

    /** Met if another one is not. */
    record Not(Condition part) implements Condition {
        @Override
        public String text() {
            return part instanceof AnyOf || part instanceof AllOf ? "not (" + part.text() + ")" : "not " + part.text();
        }
    }
}
