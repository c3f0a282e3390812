package org.tidebox.rules.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidebox.rules.Action;
import org.tidebox.rules.Candidate;
import org.tidebox.rules.Condition;
import org.tidebox.rules.ConditionException;
import org.tidebox.rules.ConditionParser;
import org.tidebox.rules.Decider;
import org.tidebox.rules.Rule;
import org.tidebox.rules.RuleList;
import org.tidebox.rules.TypeGroups;

/** The language of conditions. */
@Tag("D3")
class ConditionParserTest {
    @Test
    void eachTestIsRead() throws ConditionException {
        assertThat(ConditionParser.parse("all")).isEqualTo(new Condition.Everything());
        assertThat(ConditionParser.parse(" in work/old ")).isEqualTo(new Condition.InFolder("work/old"));
        assertThat(ConditionParser.parse("in \"my work\"")).isEqualTo(new Condition.InFolder("my work"));
        assertThat(ConditionParser.parse("type ODT,image/*, books"))
                .isEqualTo(new Condition.OfType(List.of("odt", "image/*", "books")));
        assertThat(ConditionParser.parse("size <= 50 MiB")).isEqualTo(new Condition.Size(false, 50L << 20));
        assertThat(ConditionParser.parse("size>1.5kB")).isEqualTo(new Condition.Size(true, 1500));
        assertThat(ConditionParser.parse("age > 30 days")).isEqualTo(new Condition.Age(true, Duration.ofDays(30)));
        assertThat(ConditionParser.parse("age <= 1hour")).isEqualTo(new Condition.Age(false, Duration.ofHours(1)));
        assertThat(ConditionParser.parse("name *.tmp")).isEqualTo(new Condition.Named("*.tmp", false));
        assertThat(ConditionParser.parse("name ~ \"a(b|\"\"c\"\")\""))
                .isEqualTo(new Condition.Named("a(b|\"c\")", true));
    }

    @Test
    void andBindsMoreThanOrAndNotMoreThanAnd() throws ConditionException {
        Condition a = new Condition.InFolder("a");
        Condition b = new Condition.InFolder("b");
        Condition c = new Condition.InFolder("c");
        assertThat(ConditionParser.parse("in a or in b and in c"))
                .isEqualTo(new Condition.AnyOf(List.of(a, new Condition.AllOf(List.of(b, c)))));
        assertThat(ConditionParser.parse("(in a or in b) and in c"))
                .isEqualTo(new Condition.AllOf(List.of(new Condition.AnyOf(List.of(a, b)), c)));
        assertThat(ConditionParser.parse("not in a and not (in b or in c)")).isEqualTo(new Condition.AllOf(
                List.of(new Condition.Not(a), new Condition.Not(new Condition.AnyOf(List.of(b, c))))));
    }

    @Test
    void namesAreComparedInOneUnicodeForm() throws ConditionException {
        assertThat(ConditionParser.parse("in Bu\u0308cher")).isEqualTo(new Condition.InFolder("B\u00fccher"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "''                 | 0  | a condition begins with all, in, type, size, age, name or not, not with the end",
            "everything         | 0  | not with 'everything'", "all all            | 4  | 'and' or 'or' was expected",
            "in a and           | 8  | not with the end", "(in a              | 5  | ')' was expected, not the end",
            "in a)              | 4  | 'and' or 'or' was expected, not ')'",
            "in and             | 3  | quotation marks",
            "in //a             | 4  | a name is missing between two '/'",
            "in a/../b          | 5  | '..' is no folder's name",
            "in /               | 3  | a folder's name is missing after '/'",
            "in \"a/b[c\"         | 7  | a '[' without its ']'",
            "name a[z-a]        | 7  | the wrong way round", "name a\\            | 6  | a backslash at the end",
            "name ~ \"a(b\"       | 11 | the regular expression is wrong: Unclosed group",
            "name ~ \"a**\"       | 10 | the regular expression is wrong",
            "name               | 4  | a pattern of names was expected",
            "type               | 4  | a type was expected", "type a,            | 7  | a type was expected",
            "size 50 MiB        | 5  | '<=' or '>' was expected", "size >= 50 MiB     | 5  | there are '<=' and '>'",
            "size < 5 MiB       | 5  | there are '<=' and '>'",
            "size > 50          | 7  | has no unit; write one of B, kB",
            "size > 50 and all  | 7  | has no unit", "size > 50 Mio      | 7  | 'Mio' is no unit of size",
            "size > MiB         | 7  | is no size", "size > 1.2.3 MB    | 7  | is no number",
            "size > 0.5 B       | 7  | no whole number of bytes", "size > 99999999 TB | 7  | too many",
            "age > 5            | 6  | has no unit; write one of minutes",
            "age > 5 years      | 6  | 'years' is no unit of age",
            "age > 1.5 days     | 6  | is no unit of age", "age > days         | 6  | is no whole number",
            "in \"a              | 3  | a quotation mark without its other one",
            "in \"\"              | 3  | a folder was expected"})
    void errorsShowTheirPosition(String text, int position, String message) {
        assertThatExceptionOfType(ConditionException.class).as(text).isThrownBy(() -> ConditionParser.parse(text))
                .withMessageContaining(message).withMessageContaining("at character " + (position + 1))
                .matches(e -> e.position() == position, "at " + position);
    }

    @Test
    void deepNestingIsRefusedAndNotRunOutOf() {
        assertThatExceptionOfType(ConditionException.class)
                .isThrownBy(() -> ConditionParser.parse("not ".repeat(100_000) + "all"))
                .withMessageContaining("nested too deeply");
    }

    @Test
    void textOfAConditionIsReadAsTheSameCondition() throws ConditionException {
        Random random = Seeds.random();
        for (int i = 0; i < 2000; i++) {
            Condition condition = new RandomRules(random).condition(3);
            assertThat(ConditionParser.parse(condition.text())).as(condition.text()).isEqualTo(condition);
        }
    }

    @Test
    void conditionOfAPathIsMetByThatPathWhateverItIsCalled() throws Exception {
        for (String path : List.of("a", "dir/a", "[1] *?\\.mkv", "a \"b\"/c, d/(e).txt", "and", "in/type/~ x",
                "d/[a-c]")) {
            for (boolean isFolder : List.of(true, false)) {
                Condition condition = Condition.at(path, isFolder);
                assertThat(ConditionParser.parse(condition.text())).isEqualTo(condition);
                Decider decider = Decider.of(new RuleList(List.of(new Rule(condition, Action.ASK)), Action.HOLD),
                        TypeGroups.builtInOnly(), null);
                String met = isFolder ? path + "/below/x" : path;
                assertThat(decider.decide(Candidate.file(met, 1, Instant.EPOCH), Instant.EPOCH).action())
                        .as(condition.text()).isEqualTo(Action.ASK);
                assertThat(decider.decide(Candidate.file("other/x" + path, 1, Instant.EPOCH), Instant.EPOCH).action())
                        .as(condition.text()).isEqualTo(Action.HOLD);
            }
        }
    }

    @Test
    void onlyAgesDependOnTheTime() throws ConditionException {
        for (String text : List.of("age > 1 day", "not age <= 1 week", "all and (size > 1 MB or age > 1 day)")) {
            assertThat(ConditionParser.parse(text).dependsOnTime()).as(text).isTrue();
        }
        for (String text : List.of("all", "in ages", "type odt or not (name a and size > 1 MB)", "name ~ \"age.*\"")) {
            assertThat(ConditionParser.parse(text).dependsOnTime()).as(text).isFalse();
        }
    }
}
