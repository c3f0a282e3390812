package org.tidebox.sync.internal.held;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.rules.Action;
import org.tidebox.rules.Decider;
import org.tidebox.sync.folder.AskedBatch;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.rules.Held;
import org.tidebox.sync.tests.Deciders;
import org.tidebox.sync.tests.OnRuledDevices;

/** What runs cost and ask where much is held. */
@Tag("D3")
@Tag("D4")
class HeldRunsTest extends OnRuledDevices {
    private final AtomicInteger decisions = new AtomicInteger();

    private Decider counted(Decider decider) {
        return Deciders.timeless((candidate, now) -> {
            decisions.incrementAndGet();
            return decider.decide(candidate, now);
        });
    }

    private void hold(String word, String files, int count) throws Exception {
        one.rules(counted(Deciders.holding(word)), Decider.TRANSFER_ALL);
        for (int i = 0; i < count; i++) {
            one.write(files + i, "film " + i);
        }
        settle();
        decisions.set(0);
    }

    @Test
    void runDecidesOnWhatChangedAndNotOnAllThatIsHeld() throws Exception {
        hold("film", "dir/film", 300);
        one.sync();
        assertThat(decisions).as("decisions of a run without changes").hasValue(0);
        one.write("other/a", "a");
        one.write("dir/film7", "edited");
        Files.move(one.path("dir/film8"), one.path("dir/free"));
        settle();
        assertThat(decisions).as("decisions on four changes").hasValueLessThan(40);
        assertThat(two.content()).containsOnlyKeys("other", "other/a", "dir", "dir/free");
        assertThat(one.folder().held()).hasSize(299);
        assertThat(one.folder().status().isQuiet()).isTrue();
    }

    @Test
    void movedFolderLetsAllInItBeDecidedOnAnew() throws Exception {
        hold("films", "films/", 20);
        Files.move(one.path("films"), one.path("free"));
        assertSame();
        assertThat(two.content()).hasSize(21);
    }

    @Test
    void changedRulesAndChoicesAreSeenAtOnceAlsoByARunThatLooksNowhere() throws Exception {
        hold("film", "films/film", 20);
        one.folder().choose(held -> held.path().equals("films/film3"), true);
        one.folder().sync(ScanScope.folders(Set.of()), HeadNews.UNKNOWN_HEAD);
        two.sync();
        assertThat(two.read("films/film3")).isEqualTo("film 3");
        one.rules(Decider.TRANSFER_ALL, Decider.TRANSFER_ALL);
        one.folder().sync(ScanScope.folders(Set.of()), HeadNews.UNKNOWN_HEAD);
        assertSame();
    }

    @Test
    void eachContentIsAskedAboutInOneBatch() throws Exception {
        one.rules(Deciders.on("film", Action.ASK), Decider.TRANSFER_ALL);
        one.write("film1", "one");
        one.write("film2", "two");
        assertThat(one.sync().asked()).isEqualTo(new AskedBatch(2, 6, 2));
        assertThat(one.sync().asked()).isEqualTo(new AskedBatch(0, 0, 2));
        one.write("film3", "three");
        one.write("a", "a");
        assertThat(one.sync().asked()).isEqualTo(new AskedBatch(1, 5, 3));
        Files.move(one.path("film1"), one.path("film4"));
        assertThat(one.sync().asked()).as("renamed only").isEqualTo(new AskedBatch(0, 0, 3));
        one.write("film2", "edited");
        assertThat(one.sync().asked()).isEqualTo(new AskedBatch(1, 6, 3));
        one.folder().choose(held -> !held.path().equals("film3"), true);
        assertThat(one.sync().asked()).isEqualTo(new AskedBatch(0, 0, 1));
        assertThat(one.folder().held()).extracting(Held::path).containsExactly("film3");
        one.start();
        assertThat(one.sync().asked()).as("asked again after a restart").isEqualTo(new AskedBatch(1, 5, 1));
        two.rules(Decider.TRANSFER_ALL, Deciders.on("film", Action.ASK));
        assertThat(two.sync().asked()).as("of downloads").isEqualTo(new AskedBatch(2, 9, 2));
    }
}
