package org.tidebox.rules.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tidebox.rules.Action;
import org.tidebox.rules.Candidate;
import org.tidebox.rules.Condition;
import org.tidebox.rules.Decider;
import org.tidebox.rules.Decision;
import org.tidebox.rules.Rule;
import org.tidebox.rules.RuleException;
import org.tidebox.rules.RuleList;
import org.tidebox.rules.TypeDetector;
import org.tidebox.rules.TypeGroups;

/** Asks one condition after the other. Decisions are made beforehand, so that asking makes no garbage but the facts. */
public final class CompiledRules implements Decider {
    private final Question[] questions;
    private final Decision[] decisions;
    private final Decision otherwise;
    private final boolean dependsOnTime;

    private CompiledRules(List<Question> questions, List<Decision> decisions, RuleList list) {
        this.questions = questions.toArray(Question[]::new);
        this.decisions = decisions.toArray(Decision[]::new);
        this.otherwise = new Decision(list.otherwise(), Decision.DEFAULT, "no rule is for it; the default");
        this.dependsOnTime = list.rules().stream().map(Rule::condition).anyMatch(Condition::dependsOnTime);
    }

    /**
     * Makes a list of rules ready.
     *
     * @throws RuleException with all that is wrong
     */
    public static CompiledRules of(RuleList list, TypeGroups groups, TypeDetector detector) throws RuleException {
        Questions makers = new Questions(groups, detector);
        List<Question> questions = new ArrayList<>();
        List<Decision> decisions = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < list.rules().size(); i++) {
            Rule rule = list.rules().get(i);
            String name = "rule " + (i + 1);
            try {
                questions.add(makers.of(rule.condition()));
                decisions.add(new Decision(rule.action(), i + 1, name + ": " + rule.condition().text()));
            } catch (IllegalArgumentException e) {
                problems.add(name + ": " + e.getMessage());
            }
        }
        if (problems.isEmpty()) {
            Reach reach = new Reach(makers);
            for (int i = 0; i < list.rules().size(); i++) {
                String name = "rule " + (i + 1) + ": ";
                reach.problem(list.rules(), i).ifPresent(problem -> problems.add(name + problem));
            }
        }
        if (!problems.isEmpty()) {
            throw new RuleException(problems);
        }
        return new CompiledRules(questions, decisions, list);
    }

    @Override
    public boolean dependsOnTime() {
        return dependsOnTime;
    }

    @Override
    public Decision decide(Candidate candidate, Instant now) {
        Facts facts = new Facts(candidate, now);
        for (int i = 0; i < questions.length; i++) {
            try {
                if (questions[i].isMetBy(facts)) {
                    return decisions[i];
                }
            } catch (NameExpression.TooLongException e) {
                // Whether it may travel nobody knows, so it does not.
                return new Decision(Action.HOLD, i + 1, decisions[i].reason() + " (" + e.getMessage() + ")");
            }
        }
        return otherwise;
    }
}
