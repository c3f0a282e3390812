package org.tidebox.rules.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.tidebox.rules.Condition;
import org.tidebox.rules.Glob;
import org.tidebox.rules.TypeDetector;
import org.tidebox.rules.TypeGroups;

/** Makes conditions ready to be asked. */
final class Questions {
    private final TypeGroups groups;
    private final TypeDetector detector;
    private final Map<Condition.OfType, TypeSet> sets = new HashMap<>();

    /**
     * Prepares.
     *
     * @param groups the groups of types
     * @param detector what knows types
     */
    Questions(TypeGroups groups, TypeDetector detector) {
        this.groups = groups;
        this.detector = detector;
    }

    /**
     * Makes one ready.
     *
     * @throws IllegalArgumentException if it cannot be used
     */
    Question of(Condition condition) {
        return switch (condition) {
            case Condition.Everything everything -> facts -> true;
            case Condition.InFolder in -> folder(in);
            case Condition.OfType type -> type(type);
            case Condition.Size size -> size(size);
            case Condition.Age age -> age(age);
            case Condition.Named named -> name(named);
            case Condition.AllOf all -> all(of(all.parts()));
            case Condition.AnyOf any -> any(of(any.parts()));
            case Condition.Not not -> not(of(not.part()));
        };
    }

    TypeSet types(Condition.OfType type) {
        return sets.computeIfAbsent(type, key -> TypeSet.of(key.types(), groups, detector));
    }

    private Question[] of(List<Condition> parts) {
        return parts.stream().map(this::of).toArray(Question[]::new);
    }

    private static Question folder(Condition.InFolder in) {
        FolderGlob glob = glob(in);
        return facts -> {
            String[] path = facts.path();
            return glob.contains(path, facts.candidate().folder() ? path.length : path.length - 1);
        };
    }

    static FolderGlob glob(Condition.InFolder in) {
        try {
            return FolderGlob.parse(in.pattern());
        } catch (PatternException e) {
            throw new IllegalArgumentException(
                    e.getMessage() + " (at character " + (e.position() + 1) + " of '" + in.pattern() + "')", e);
        }
    }

    private Question type(Condition.OfType type) {
        TypeSet types = types(type);
        return facts -> !facts.candidate().folder() && types.contains(facts);
    }

    private static Question size(Condition.Size size) {
        return facts -> !facts.candidate().folder() && size.above() == facts.candidate().size() > size.limit();
    }

    private static Question age(Condition.Age age) {
        long limit = age.limit().toMillis();
        return facts -> !facts.candidate().folder() && age.above() == facts.age() > limit;
    }

    private static Question name(Condition.Named named) {
        try {
            if (named.regular()) {
                NameExpression expression = new NameExpression(Pattern.compile(named.pattern()));
                return facts -> expression.fits(facts.name());
            }
            Glob glob = GlobParser.parse(named.pattern(), 0);
            return facts -> glob.matches(facts.name());
        } catch (PatternException | PatternSyntaxException e) {
            throw new IllegalArgumentException("'" + named.pattern() + "' cannot be used: " + e.getMessage(), e);
        }
    }

    private static Question all(Question[] parts) {
        return facts -> {
            for (Question part : parts) {
                if (!part.isMetBy(facts)) {
                    return false;
                }
            }
            return true;
        };
    }

    private static Question any(Question[] parts) {
        return facts -> {
            for (Question part : parts) {
                if (part.isMetBy(facts)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static Question not(Question part) {
        return facts -> !part.isMetBy(facts);
    }
}
