package org.tidebox.rules.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tidebox.rules.Action;
import org.tidebox.rules.Candidate;
import org.tidebox.rules.ConditionException;
import org.tidebox.rules.ConditionParser;
import org.tidebox.rules.Decider;
import org.tidebox.rules.Decision;
import org.tidebox.rules.Rule;
import org.tidebox.rules.RuleException;
import org.tidebox.rules.RuleList;
import org.tidebox.rules.TypeGroups;
import org.tidebox.rules.tika.TikaTypeDetector;

/** What lists of rules decide. */
@Tag("D3")
@Tag("D4")
class DeciderTest {
    private static final Instant NOW = RandomRules.NOW;
    private static final TikaTypeDetector TIKA = new TikaTypeDetector();

    @Test
    void firstRuleThatIsMetDecidesAndSaysSo() throws Exception {
        Decider decider = decider(Action.ASK, rule("type odt", Action.TRANSFER), rule("in work", Action.HOLD),
                rule("size > 10 B", Action.TRANSFER));
        assertThat(decide(decider, "work/a.odt")).isEqualTo(new Decision(Action.TRANSFER, 1, "rule 1: type odt"));
        assertThat(decide(decider, "work/a.pdf")).isEqualTo(new Decision(Action.HOLD, 2, "rule 2: in work"));
        assertThat(decide(decider, "a.pdf")).isEqualTo(
                new Decision(Action.ASK, Decision.DEFAULT, "no rule is for it; the default"));
    }

    @Test
    void folderIsMetByWhatLiesInIt() throws Exception {
        assertThat(met("in work", "work/a", "work/b/a", "x/work/a", "work/")).containsExactly(true, true, true, true);
        assertThat(met("in work", "a", "work", "works/a", "a/work")).containsOnly(false);
        assertThat(met("in /work", "work/a", "x/work/a")).containsExactly(true, false);
        assertThat(met("in work/old", "work/old/a", "x/work/old/b/a", "work/a/old/b")).containsExactly(true, true,
                false);
        assertThat(met("in /a/*/c", "a/b/c/d", "a/c/d", "a/b/b/c/d")).containsExactly(true, false, false);
        assertThat(met("in /a/**/c", "a/b/c/d", "a/c/d", "a/b/b/c/d", "c/d")).containsExactly(true, true, true, false);
        assertThat(met("in /a/**", "a/b", "a/b/c", "b/a/b/c")).containsExactly(false, true, false);
        assertThat(met("in /a[0-9]/", "a1/b", "ab/b")).containsExactly(true, false);
    }

    @Test
    void typeIsToldByTheExtension() throws Exception {
        assertThat(met("type odt", "a.odt", "A.ODT", "a.odt.bak", "odt", ".odt")).containsExactly(true, true, false,
                false, false);
        assertThat(met("type image/*", "a.png", "a.HEIC", "a.pdf")).containsExactly(true, true, false);
        assertThat(met("type application/pdf", "a.pdf", "a.png")).containsExactly(true, false);
        assertThat(met("type .tar.gz", "a.tar.gz", "a.gz")).containsExactly(true, false);
        assertThat(met("type documents, books", "a.docx", "b.epub", "c.mkv")).containsExactly(true, true, false);
        assertThat(met("type films", "a.mkv", "a.mp4", "a.webm", "a.mp3")).containsExactly(true, true, true, false);
        assertThat(met("type music", "a.flac", "a.opus", "a.m4a")).containsOnly(true);
        assertThat(met("type pictures", "a.cr2", "a.webp", "a.svg")).containsOnly(true);
        assertThat(met("type archives", "a.tgz", "a.7z", "a.zip")).containsOnly(true);
        assertThat(met("type code", "a.java", "a.rs", "a.tsx", "a.mp4")).containsExactly(true, true, true, false);
    }

    @Test
    void typeIsToldByTheContentWhereTheExtensionIsMissing() throws Exception {
        assertThat(met("type pdf", content("report", "%PDF-1.7\n"))).isTrue();
        assertThat(met("type pdf", content("report.", "%PDF-1.7\n"))).isTrue();
        assertThat(met("type application/pdf", content("report", "%PDF-1.7\n"))).isTrue();
        assertThat(met("type documents", content("README", "to be read"))).isTrue();
        assertThat(met("type code", content("README", "to be read"))).isFalse();
        assertThat(met("type pictures", content("photo", "GIF89a----"))).isTrue();
        assertThat(met("type pdf", content("report.txt", "%PDF-1.7\n"))).isFalse();
        assertThat(met("type pdf", Candidate.file("report", 1, NOW))).isFalse();
    }

    @Test
    void contentIsReadOnceAndOnlyIfNeeded() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        Decider decider = decider(Action.HOLD, rule("size > 1 GB", Action.HOLD), rule("type pdf", Action.TRANSFER),
                rule("type image/*", Action.ASK));
        for (String name : List.of("a", "a.txt")) {
            decider.decide(new Candidate(name, false, 1, NOW, () -> {
                reads.incrementAndGet();
                return Optional.of(new ByteArrayInputStream(new byte[1]));
            }), NOW);
        }
        decider.decide(new Candidate("a", false, 1 << 30, NOW, () -> {
            throw new AssertionError();
        }), NOW);
        assertThat(reads).hasValue(1);
    }

    @Test
    void contentThatCannotBeReadIsOfNoType() throws Exception {
        assertThat(met("type pdf", new Candidate("a", false, 1, NOW, () -> {
            throw new IOException("gone");
        }))).isFalse();
    }

    @Test
    void limitsOfSizeAndAgeBelongToTheLowerSide() throws Exception {
        assertThat(met("size <= 10 B", Candidate.file("a", 10, NOW))).isTrue();
        assertThat(met("size > 10 B", Candidate.file("a", 10, NOW))).isFalse();
        assertThat(met("size > 10 B", Candidate.file("a", 11, NOW))).isTrue();
        assertThat(met("age <= 1 day", Candidate.file("a", 1, NOW.minus(Duration.ofDays(1))))).isTrue();
        assertThat(met("age > 1 day", Candidate.file("a", 1, NOW.minus(Duration.ofDays(1))))).isFalse();
        assertThat(met("age > 1 day", Candidate.file("a", 1, NOW.minusSeconds(86_401)))).isTrue();
        assertThat(met("age <= 1 minute", Candidate.file("a", 1, NOW.plusSeconds(9)))).isTrue();
    }

    @Test
    void folderMeetsNothingOnSizeTypeOrAge() throws Exception {
        for (String condition : List.of("size <= 1 GB", "size > 0 B", "age <= 1 day", "age > 0 days", "type pdf")) {
            assertThat(met(condition, Candidate.folder("a.pdf"))).as(condition).isFalse();
        }
        assertThat(met("name a.*", Candidate.folder("a.pdf"))).isTrue();
        assertThat(met("in a", Candidate.folder("a"))).isTrue();
    }

    @Test
    void nameIsMetAsAWhole() throws Exception {
        assertThat(met("name *.tmp", "a.tmp", "x/b.tmp", "a.tmp.txt", "tmp")).containsExactly(true, true, false, false);
        assertThat(met("name a?c*", "abc", "abcd", "ac")).containsExactly(true, true, false);
        assertThat(met("name [!a]b", "bb", "ab")).containsExactly(true, false);
        assertThat(met("name \\*", "*", "a")).containsExactly(true, false);
        assertThat(met("name ~ \"~\\$.*\"", "~$a.doc", "a~$b")).containsExactly(true, false);
    }

    @Test
    void ownGroupsMayHoldOthers() throws Exception {
        TypeGroups groups = TypeGroups
                .with(Map.of("paper", List.of("documents", "books"), "all-paper", List.of("paper")));
        Decider decider = Decider.of(new RuleList(List.of(rule("type all-paper", Action.HOLD)), Action.TRANSFER),
                groups,
                TIKA);
        assertThat(decide(decider, "a.epub").action()).isEqualTo(Action.HOLD);
        assertThat(decide(decider, "a.mp3").action()).isEqualTo(Action.TRANSFER);
    }

    @Test
    void rulesThatCannotBeUsedAreRefusedWithAllReasons() {
        assertThat(problems("type picturs", "type .picturs", "type imag/*", "type image/nope", "type zzzz"))
                .containsExactly(
                        "rule 1: there is no type 'picturs'; did you mean 'pictures'?; write .picturs for files with this "
                                + "extension, whatever they are",
                        "rule 3: there is no family of types 'imag'; there are application, audio, chemical, font, image, "
                                + "message, model, multipart, text, video",
                        "rule 4: there is no type 'image/nope'",
                        "rule 5: there is no type 'zzzz'; write .zzzz for files with this extension, whatever they are");
    }

    @Test
    void ringOfGroupsIsRefused() throws ConditionException {
        TypeGroups groups = TypeGroups
                .with(Map.of("a", List.of("odt", "b"), "b", List.of("c"), "c", List.of("pdf", "a")));
        RuleList list = new RuleList(List.of(rule("type a", Action.HOLD)), Action.TRANSFER);
        assertThatExceptionOfType(RuleException.class).isThrownBy(() -> Decider.of(list, groups, TIKA))
                .withMessage("rule 1: groups of types hold each other: a > b > c > a; take one out");
    }

    @Test
    void brokenRulesHoldEverything() {
        Decision decision = Decider.broken(List.of("rule 1: bad")).decide(Candidate.file("a", 1, NOW), NOW);
        assertThat(decision)
                .isEqualTo(new Decision(Action.HOLD, Decision.BROKEN, "the rules cannot be used: rule 1: bad"));
    }

    @Test
    void ruleThatCanNeverMatchIsRefused() {
        assertThat(problems("size > 10 kB and size <= 10 kB")).singleElement().asString()
                .contains("rule 1: it can never match: nothing meets 'size > 10000 B and size <= 10000 B'");
        assertThat(problems("not all")).hasSize(1);
        assertThat(problems("in a and not in a")).hasSize(1);
        assertThat(problems("(in a and type odt) and not type documents")).hasSize(1);
        assertThat(problems("age > 2 days and age <= 1 day")).hasSize(1);
        assertThat(problems("type odt and type image/*")).hasSize(1);
        assertThat(problems("in /a and in /b/c")).hasSize(1);
        assertThat(problems("all", "in a")).singleElement().asString().contains("rule 2",
                "rule 1 'all' decides before");
        assertThat(problems("size > 1 MB", "size > 2 MB")).hasSize(1);
        assertThat(problems("type documents", "type odt and in work")).hasSize(1);
        assertThat(problems("in /a", "in /a/b")).hasSize(1);
        assertThat(problems("in a or in b", "in b")).hasSize(1);
    }

    @Test
    void ruleThatCanMatchIsNeverBlamed() throws RuleException {
        Random random = Seeds.random();
        RandomRules make = new RandomRules(random);
        for (int i = 0; i < 3000; i++) {
            List<Rule> rules = make.rules(4);
            List<String> blamed = new ArrayList<>();
            try {
                Decider.of(new RuleList(rules, Action.HOLD), TypeGroups.builtInOnly(), TIKA);
                continue;
            } catch (RuleException e) {
                blamed.addAll(e.problems());
            }
            for (String problem : blamed) {
                int index = Integer.parseInt(problem.replaceFirst("rule (\\d+):.*", "$1")) - 1;
                assertNeverDecides(rules, index, make);
            }
        }
    }

    @Test
    @Timeout(20)
    void expressionThatTakesTooLongHoldsWhatItIsFor() throws Exception {
        Decider decider = decider(Action.TRANSFER, rule("name ~ \"(.*a){12}b\"", Action.TRANSFER));
        Decision decision = decide(decider, "dir/" + "a".repeat(200));
        assertThat(decision.action()).isEqualTo(Action.HOLD);
        assertThat(decision.rule()).isEqualTo(1);
        assertThat(decision.reason()).contains("(.*a){12}b").contains("takes too long");
        assertThat(decide(decider, "a".repeat(12) + "b").action()).isEqualTo(Action.TRANSFER);
    }

    @Test
    @Timeout(20)
    void folderIsComparedWithManyStarsInNoTime() throws Exception {
        assertThat(met("in " + "**/a*/".repeat(30) + "b", Candidate.file("aa/".repeat(500) + "c", 5, NOW))).isFalse();
    }

    private static void assertNeverDecides(List<Rule> rules, int index, RandomRules make) throws RuleException {
        List<Decider> each = new ArrayList<>();
        for (Rule rule : rules.subList(0, index + 1)) {
            each.add(alone(rule));
        }
        for (int i = 0; i < 200; i++) {
            Candidate candidate = make.candidate();
            boolean decides = each.get(index).decide(candidate, NOW).rule() == 1 && each.subList(0, index).stream()
                    .noneMatch(earlier -> earlier.decide(candidate, NOW).rule() == 1);
            assertThat(decides).as("rule %s of %s decides on %s", index + 1, rules, candidate).isFalse();
        }
    }

    /** A rule whose condition nothing meets is refused alone; then something that nothing meets stands for it. */
    private static Decider alone(Rule rule) throws RuleException {
        try {
            return Decider.of(new RuleList(List.of(rule), Action.HOLD), TypeGroups.builtInOnly(), TIKA);
        } catch (RuleException e) {
            return Decider.of(RuleList.EVERYTHING, TypeGroups.builtInOnly(), TIKA);
        }
    }

    private static List<String> problems(String... conditions) {
        try {
            Rule[] rules = new Rule[conditions.length];
            for (int i = 0; i < rules.length; i++) {
                rules[i] = rule(conditions[i], Action.HOLD);
            }
            decider(Action.TRANSFER, rules);
            return List.of();
        } catch (RuleException e) {
            return e.problems();
        } catch (ConditionException e) {
            throw new AssertionError(e);
        }
    }

    private static Rule rule(String condition, Action action) throws ConditionException {
        return new Rule(ConditionParser.parse(condition), action);
    }

    private static Decider decider(Action otherwise, Rule... rules) throws RuleException {
        return Decider.of(new RuleList(List.of(rules), otherwise), TypeGroups.builtInOnly(), TIKA);
    }

    private static Decision decide(Decider decider, String path) {
        return decider.decide(Candidate.file(path, 5, NOW), NOW);
    }

    private static Candidate content(String name, String text) {
        return new Candidate(name, false, text.length(), NOW,
                () -> Optional.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
    }

    /** Paths that end with a slash are those of folders. */
    private static List<Boolean> met(String condition, String... paths) throws Exception {
        List<Boolean> met = new ArrayList<>();
        for (String path : paths) {
            met.add(met(condition, path.endsWith("/")
                    ? Candidate.folder(path.substring(0, path.length() - 1))
                    : Candidate.file(path, 5, NOW)));
        }
        return met;
    }

    private static boolean met(String condition, Candidate candidate) throws Exception {
        return decider(Action.TRANSFER, rule(condition, Action.HOLD)).decide(candidate, NOW).rule() == 1;
    }
}
