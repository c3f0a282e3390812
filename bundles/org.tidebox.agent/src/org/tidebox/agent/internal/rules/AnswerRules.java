package org.tidebox.agent.internal.rules;

import java.util.Comparator;
import java.util.List;
import org.tidebox.model.FolderRules;
import org.tidebox.model.RuleAction;
import org.tidebox.model.RuleList;
import org.tidebox.rules.Condition;
import org.tidebox.rules.ConditionException;
import org.tidebox.rules.ConditionParser;
import org.tidebox.rules.Decision;
import org.tidebox.rules.Direction;
import org.tidebox.sync.rules.Held;

/**
 * Makes rules of an answer. For each folder and file that was named, one is put before the rule that asked; where nothing
 * was named, or a folder that is all the asking rule is about, that rule itself gets the answer.
 *
 * @param paths what was named, relative to the sync folder; none for everything
 * @param asked what was answered
 * @param transfer the answer; else it is to hold
 */
record AnswerRules(List<String> paths, List<Held> asked, boolean transfer) implements RuleModel.Change {
    /** Who asked. */
    private record Asker(Direction direction, int rule) {
    }

    @Override
    public void make(FolderRules rules) {
        // From the last rule on, so that the numbers of those before stay right.
        asked.stream().map(held -> new Asker(held.direction(), held.rule())).distinct()
                .sorted(Comparator.comparingInt(asker -> asker.rule == Decision.DEFAULT
                        ? Integer.MIN_VALUE
                        : -asker.rule))
                .forEach(asker -> answer(RuleCommands.list(rules, asker.direction == Direction.UPLOAD), asker));
    }

    private void answer(RuleList list, Asker asker) {
        if (paths.isEmpty() || paths.contains("")) {
            settle(list, asker);
            return;
        }
        for (String path : paths) {
            List<Held> meant = asked.stream().filter(held -> held.rule() == asker.rule
                    && held.direction() == asker.direction && HeldCommands.isWithin(path, held)).toList();
            if (!meant.isEmpty()) {
                boolean isFolder = meant.stream().anyMatch(held -> held.folder() || !held.path().equals(path));
                Condition condition = Condition.at(path, isFolder);
                if (isAllOf(list, asker, condition)) {
                    settle(list, asker);
                } else {
                    RuleCommands.insert(list, asker.rule, condition.text(), action());
                }
            }
        }
    }

    /** A rule before one that is for no more than that would leave the other nothing to decide. */
    private static boolean isAllOf(RuleList list, Asker asker, Condition condition) {
        try {
            return asker.rule > 0
                    && isWithin(ConditionParser.parse(list.getRules().get(asker.rule - 1).getCondition()), condition);
        } catch (ConditionException e) {
            throw new IllegalStateException("a rule that asks can be read", e);
        }
    }

    private static boolean isWithin(Condition inner, Condition outer) {
        return inner.equals(outer) || switch (inner) {
            case Condition.InFolder in when outer instanceof Condition.InFolder folder ->
                in.pattern().startsWith(folder.pattern() + "/");
            case Condition.AllOf all -> all.parts().stream().anyMatch(part -> isWithin(part, outer));
            case Condition.AnyOf any -> any.parts().stream().allMatch(part -> isWithin(part, outer));
            default -> false;
        };
    }

    private void settle(RuleList list, Asker asker) {
        if (asker.rule == Decision.DEFAULT) {
            list.setOtherwise(action());
        } else {
            list.getRules().get(asker.rule - 1).setAction(action());
        }
    }

    private RuleAction action() {
        return transfer ? RuleAction.TRANSFER : RuleAction.HOLD;
    }
}
