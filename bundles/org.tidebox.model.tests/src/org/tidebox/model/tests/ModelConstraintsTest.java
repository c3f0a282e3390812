package org.tidebox.model.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.eclipse.emf.common.util.Diagnostic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.model.ConditionCheck;
import org.tidebox.model.Configuration;
import org.tidebox.model.ModelConstraints;
import org.tidebox.model.RuleAction;

/** What is wrong with a configuration is said in words that people understand. */
@Tag("D3")
class ModelConstraintsTest {
    private final Configuration configuration = Samples.configuration();
    private final ModelConstraints constraints = new ModelConstraints(ConditionCheck.NONE);

    @Test
    void goodConfigurationHasNoProblems() {
        assertThat(constraints.problems(configuration)).isEmpty();
    }

    @Test
    void ruleWithoutConditionIsNamedByItsPlace() {
        configuration.getFolders().getFirst().getDownload().getRules().add(Samples.rule("all", RuleAction.HOLD));
        configuration.getFolders().getFirst().getDownload().getRules().add(Samples.rule(" ", RuleAction.HOLD));
        assertThat(constraints.problems(configuration))
                .containsExactly("download rule 2 has no condition; write 'all' for every entry");
    }

    @Test
    void conditionsAreReadByWhoKnowsTheirLanguage() {
        ModelConstraints strict = new ModelConstraints(
                rule -> rule.getCondition().startsWith("type")
                        ? Optional.of("at 1: no types today")
                        : Optional.empty());
        assertThat(strict.problems(configuration)).containsExactly("upload rule 1: at 1: no types today");
        Diagnostic diagnostic = strict.diagnose(configuration);
        assertThat(diagnostic.getChildren().getFirst().getData().getFirst())
                .isSameAs(configuration.getFolders().getFirst().getUpload().getRules().getFirst());
    }

    @Test
    void ringOfGroupsIsShownWhole() {
        configuration.getGroups().add(Samples.group("a", "txt", "b"));
        configuration.getGroups().add(Samples.group("b", "mine", "c"));
        configuration.getGroups().add(Samples.group("c", "a"));
        assertThat(constraints.problems(configuration)).contains(
                "Groups of types hold each other: a > b > c > a; take one out");
    }

    @Test
    void groupThatHoldsOneTwiceIsNoRing() {
        configuration.getGroups().add(Samples.group("a", "mine", "b"));
        configuration.getGroups().add(Samples.group("b", "mine"));
        assertThat(constraints.problems(configuration)).isEmpty();
    }

    @Test
    void groupBesideARingIsNotPartOfIt() {
        configuration.getGroups().add(Samples.group("a", "b"));
        configuration.getGroups().add(Samples.group("b", "b"));
        assertThat(constraints.problems(configuration))
                .containsExactly("Groups of types hold each other: b > b; take one out");
    }

    @Test
    void whatIsMissingOrTwiceIsTold() {
        configuration.getFolders().add(Samples.folder("f1"));
        configuration.getFolders().add(Samples.folder(null));
        configuration.getFolders().add(Samples.folder("f3"));
        configuration.getFolders().getLast().setUpload(null);
        configuration.getGroups().add(Samples.group("mine", "txt"));
        configuration.getGroups().add(Samples.group("none"));
        configuration.getGroups().add(Samples.group(""));
        assertThat(constraints.problems(configuration)).contains(
                "The sync folder f1 has two sets of rules; it needs one",
                "A set of rules does not say which sync folder it is for",
                "the rules of sync folder f3: one of the lists 'upload' and 'download' is missing",
                "There are two groups of types named 'mine'; rename one",
                "the group of types 'none' names no type, or an empty one", "A group of types has no name");
    }
}
