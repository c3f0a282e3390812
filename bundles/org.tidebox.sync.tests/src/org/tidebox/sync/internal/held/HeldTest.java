package org.tidebox.sync.internal.held;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.rules.Action;
import org.tidebox.rules.Decider;
import org.tidebox.rules.Decision;
import org.tidebox.rules.Direction;
import org.tidebox.sync.rules.FolderRules;
import org.tidebox.sync.rules.Held;
import org.tidebox.sync.rules.RulePreview;
import org.tidebox.sync.tests.Deciders;
import org.tidebox.sync.tests.OnRuledDevices;
import org.tidebox.tree.Node;

/** What rules hold back stays where it is until somebody asks for it, or the rules change. */
@Tag("D3")
@Tag("D4")
@Tag("D5")
class HeldTest extends OnRuledDevices {
    @Test
    void heldUploadStaysHereAndIsListed() throws Exception {
        up(one, "film");
        one.write("a.txt", "a");
        one.write("dir/film.mkv", "film");
        settle();
        assertThat(two.content()).containsOnlyKeys("a.txt", "dir");
        assertThat(isOnServer("film")).isFalse();
        assertThat(one.folder().held()).containsExactly(
                new Held("dir/film.mkv", Direction.UPLOAD, false, 4, Action.HOLD, 1, "rule 1: film"));
        assertThat(one.folder().status().isQuiet()).isTrue();
        assertThat(one.folder().status().problems()).isEmpty();
    }

    @Test
    void heldDownloadStaysThereAndIsListed() throws Exception {
        down(two, "film");
        one.write("a.txt", "a");
        one.write("film/a.mkv", "film");
        settle();
        assertThat(two.content()).containsOnlyKeys("a.txt");
        assertThat(two.folder().held()).extracting(Held::path, Held::direction, Held::folder).containsExactly(
                tuple("film", Direction.DOWNLOAD, true),
                tuple("film/a.mkv", Direction.DOWNLOAD, false));
        assertThat(two.folder().status().isQuiet()).isTrue();
    }

    @Test
    void foldersGoWithWhatLiesInThem() throws Exception {
        Decider textOnly = (candidate, now) -> new Decision(
                candidate.path().endsWith(".txt") ? Action.TRANSFER : Action.HOLD, 1, "");
        one.rules(textOnly, Decider.TRANSFER_ALL);
        two.rules(Decider.TRANSFER_ALL, textOnly);
        one.write("a/b/c.txt", "c");
        one.write("d/e.mkv", "e");
        settle();
        assertThat(two.content()).containsOnlyKeys("a", "a/b", "a/b/c.txt");
        assertThat(server.live()).extracting(Node::name).containsExactlyInAnyOrder("a", "b", "c.txt");
    }

    @Test
    void chosenUploadGoesOnceAndLaterEditsFollowTheRules() throws Exception {
        up(one, "film");
        one.write("film", "one");
        settle();
        assertThat(one.folder().choose(held -> held.path().equals("film"), true)).hasSize(1);
        settle();
        assertThat(two.read("film")).isEqualTo("one");
        assertThat(one.folder().held()).isEmpty();
        assertThat(one.store().factNames("choice.")).isEmpty();
        one.write("film", "second");
        settle();
        assertThat(two.read("film")).isEqualTo("one");
        assertThat(isOnServer("second")).isFalse();
        assertThat(one.folder().held()).hasSize(1);
    }

    @Test
    void editAfterTheChoiceIsNotWhatWasChosen() throws Exception {
        up(one, "film");
        one.write("film", "one");
        settle();
        one.folder().choose(held -> true, true);
        one.write("film", "other");
        settle();
        assertThat(isOnServer("one")).isFalse();
        assertThat(isOnServer("other")).isFalse();
        assertThat(one.folder().held()).hasSize(1);
    }

    @Test
    void chosenDownloadComesOnceAndLaterEditsFollowTheRules() throws Exception {
        down(two, "film");
        one.write("dir/film", "one");
        settle();
        two.folder().choose(held -> true, true);
        settle();
        assertThat(two.read("dir/film")).isEqualTo("one");
        one.write("dir/film", "second");
        settle();
        assertThat(two.read("dir/film")).isEqualTo("one");
        assertThat(two.folder().held()).extracting(Held::path).containsExactly("dir/film");
    }

    @Test
    void choiceToHoldAnswersAQuestion() throws Exception {
        one.rules((candidate, now) -> new Decision(Action.ASK, 1, "ask"), Decider.TRANSFER_ALL);
        one.write("a", "a");
        one.write("b", "b");
        settle();
        assertThat(one.folder().held()).extracting(Held::action).containsOnly(Action.ASK);
        one.folder().choose(held -> held.path().equals("a"), true);
        one.folder().choose(held -> held.path().equals("b"), false);
        settle();
        assertThat(two.content()).containsOnlyKeys("a");
        assertThat(one.folder().held()).extracting(Held::path, Held::action)
                .containsExactly(tuple("b", Action.HOLD));
        one.write("b", "later");
        settle();
        assertThat(one.folder().held()).extracting(Held::action).containsExactly(Action.ASK);
    }

    @Test
    void changedRulesDecideAtOnceAndDeleteNothing() throws Exception {
        one.write("film", "film");
        one.write("a", "a");
        settle();
        up(one, "film");
        down(two, "film");
        settle();
        assertThat(one.content()).containsOnlyKeys("a", "film");
        assertThat(two.content()).containsOnlyKeys("a", "film");
        assertThat(server.live()).hasSize(2);
        one.write("film", "new film");
        settle();
        assertThat(two.read("film")).isEqualTo("film");
        one.rules(Decider.TRANSFER_ALL, Decider.TRANSFER_ALL);
        settle();
        assertThat(two.read("film")).isEqualTo("film");
        two.rules(Decider.TRANSFER_ALL, Decider.TRANSFER_ALL);
        assertSame();
        assertThat(two.read("film")).isEqualTo("new film");
    }

    @Test
    void previewTellsWhatOtherRulesWouldChangeAndChangesNothing() throws Exception {
        one.write("both", "both");
        settle();
        up(one, "film");
        one.write("film", "film");
        one.write("dir/film2", "film 2");
        settle();
        assertThat(one.folder().preview(FolderRules.NONE)).isEqualTo(new RulePreview(2, 10, 0, 0));
        assertThat(one.folder().preview(new FolderRules(Deciders.holding("film2"), Deciders.holding("both"))))
                .isEqualTo(new RulePreview(1, 4, 1, 4));
        assertThat(one.folder().held()).hasSize(2);
        assertThat(one.folder().status().isQuiet()).isTrue();
    }

    @Test
    void heldEntriesSurviveARestart() throws Exception {
        up(one, "film");
        down(two, "movie");
        one.write("film", "film");
        one.write("movie", "movie");
        settle();
        one.start();
        two.start();
        settle();
        assertThat(List.of(one.folder().held().size(), two.folder().held().size())).containsExactly(1, 1);
        // What was written an instant before it was read is read once more.
        await().untilAsserted(() -> assertThat(one.sync().done().filesRead()).isZero());
    }
}
