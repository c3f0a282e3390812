package org.tidebox.rules.internal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tidebox.rules.Condition;
import org.tidebox.rules.Rule;

/** Finds rules that can never decide. It may overlook one, but never blames one that can. */
record Reach(Questions questions) {
    /** Tells why a rule of a list never decides; empty if it may. */
    Optional<String> problem(List<Rule> rules, int index) {
        Condition condition = rules.get(index).condition();
        if (isNever(condition)) {
            return Optional.of("it can never match: nothing meets '" + condition.text() + "'");
        }
        for (int earlier = 0; earlier < index; earlier++) {
            Condition first = rules.get(earlier).condition();
            if (implies(condition, first)) {
                return Optional.of("it can never match: whatever it is for, rule " + (earlier + 1) + " '" + first.text()
                        + "' decides before");
            }
        }
        return Optional.empty();
    }

    boolean isNever(Condition condition) {
        return switch (condition) {
            case Condition.Not not -> isAlways(not.part());
            case Condition.AnyOf any -> any.parts().stream().allMatch(this::isNever);
            case Condition.AllOf all -> isNever(flat(all).toList());
            default -> false;
        };
    }

    private boolean isAlways(Condition condition) {
        return switch (condition) {
            case Condition.Everything everything -> true;
            case Condition.Not not -> isNever(not.part());
            case Condition.AllOf all -> all.parts().stream().allMatch(this::isAlways);
            case Condition.AnyOf any -> any.parts().stream().anyMatch(this::isAlways)
                    || any.parts().stream().anyMatch(part -> any.parts().contains(new Condition.Not(part)));
            default -> false;
        };
    }

    private boolean isNever(List<Condition> together) {
        return together.stream().anyMatch(this::isNever)
                || together.stream().anyMatch(one -> together.stream().anyMatch(other -> exclude(one, other)));
    }

    private static Stream<Condition> flat(Condition.AllOf all) {
        return all.parts().stream()
                .flatMap(part -> part instanceof Condition.AllOf inner ? flat(inner) : Stream.of(part));
    }

    /** Returns whether nothing surely meets both. */
    private boolean exclude(Condition one, Condition other) {
        if (other instanceof Condition.Not not && implies(one, not.part())) {
            return true;
        }
        return switch (one) {
            case Condition.Size size when size.above() && other instanceof Condition.Size second ->
                !second.above() && second.limit() <= size.limit();
            case Condition.Age age when age.above() && other instanceof Condition.Age second ->
                !second.above() && second.limit().compareTo(age.limit()) <= 0;
            case Condition.OfType type when other instanceof Condition.OfType second ->
                questions.types(type).isApartFrom(questions.types(second));
            case Condition.InFolder in when other instanceof Condition.InFolder second -> areApart(in, second);
            default -> false;
        };
    }

    private static boolean areApart(Condition.InFolder one, Condition.InFolder other) {
        List<String> first = Questions.glob(one).literal();
        List<String> second = Questions.glob(other).literal();
        return first != null && second != null && !isPrefix(first, second) && !isPrefix(second, first);
    }

    private static boolean isPrefix(List<String> prefix, List<String> path) {
        return prefix.size() <= path.size() && path.subList(0, prefix.size()).equals(prefix);
    }

    /** Returns whether whatever meets the one surely meets the other. */
    private boolean implies(Condition one, Condition other) {
        if (one.equals(other) || isAlways(other) || isNever(one)) {
            return true;
        }
        if (one instanceof Condition.AnyOf any) {
            return any.parts().stream().allMatch(part -> implies(part, other));
        }
        if (other instanceof Condition.AllOf all) {
            return all.parts().stream().allMatch(part -> implies(one, part));
        }
        return one instanceof Condition.AllOf all && all.parts().stream().anyMatch(part -> implies(part, other))
                || other instanceof Condition.AnyOf any && any.parts().stream().anyMatch(part -> implies(one, part))
                || isNarrower(one, other);
    }

    private boolean isNarrower(Condition one, Condition other) {
        return switch (one) {
            case Condition.Size size when other instanceof Condition.Size second -> size.above() == second.above()
                    && (size.above() ? size.limit() >= second.limit() : size.limit() <= second.limit());
            case Condition.Age age when other instanceof Condition.Age second -> age.above() == second.above()
                    && (age.above() ? 1 : -1) * age.limit().compareTo(second.limit()) >= 0;
            case Condition.OfType type when other instanceof Condition.OfType second ->
                questions.types(type).isWithin(questions.types(second));
            case Condition.InFolder in when other instanceof Condition.InFolder second -> isInside(in, second);
            default -> false;
        };
    }

    private static boolean isInside(Condition.InFolder one, Condition.InFolder other) {
        List<String> inner = Questions.glob(one).literal();
        List<String> outer = Questions.glob(other).literal();
        return inner != null && outer != null && isPrefix(outer, inner);
    }
}
