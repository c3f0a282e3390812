package org.tidebox.sync.internal.held;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.feature.SystemTime;
import org.tidebox.rules.Action;
import org.tidebox.rules.CandidateMode;
import org.tidebox.rules.Decider;
import org.tidebox.rules.Decision;
import org.tidebox.sync.rules.FolderRules;
import org.tidebox.sync.rules.Held;
import org.tidebox.sync.tests.Deciders;
import org.tidebox.sync.tests.Device;
import org.tidebox.sync.tests.MemoryRemote;
import org.tidebox.sync.tests.MemoryTreeStore;
import org.tidebox.sync.tests.RuledWorld;

/**
 * The two ways to find candidates: what differs, and what was stored since the last transfer. As long as no rule changes they
 * come to the same. {@code -Dtidebox.seed=n} replays one run, {@code -Dtidebox.seeds=n} does more.
 */
@Tag("D1")
@Tag("D2")
class CandidateModesTest {
    private static final int SEEDS = Integer.getInteger("tidebox.seeds", 40);

    @TempDir
    Path temporary;
    private final MemoryRemote server = new MemoryRemote();
    /** How far the clocks are ahead of the time that the disk gives to files, so that these seem to be old. */
    private Duration ahead = Duration.ofHours(1);
    private Device one;
    private Device two;

    @BeforeEach
    void start() throws Exception {
        one = device("one", 1);
        two = device("two", 2);
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    private Device device(String name, long seed) throws Exception {
        return new Device(name, temporary.resolve(name), server, new MemoryTreeStore(), seed,
                () -> SystemTime.clock().instant().plus(ahead));
    }

    private static FolderRules up(Decider decider) {
        return new FolderRules(decider, Decider.TRANSFER_ALL, CandidateMode.SINCE_TRANSFER, CandidateMode.INDEX);
    }

    private static FolderRules down(Decider decider) {
        return new FolderRules(Decider.TRANSFER_ALL, decider, CandidateMode.INDEX, CandidateMode.SINCE_TRANSFER);
    }

    @Test
    void whatWasHereBeforeTheLastUploadStaysHereWhenTheRulesChange() throws Exception {
        one.rules(up(Deciders.holding("film")));
        one.write("a", "a");
        one.write("dir/film", "film");
        one.sync();
        one.rules(up(Decider.TRANSFER_ALL));
        one.sync();
        two.sync();
        assertThat(two.content()).containsOnlyKeys("a", "dir");
        assertThat(one.folder().held()).singleElement().satisfies(held -> {
            assertThat(held.path()).isEqualTo("dir/film");
            assertThat(held.rule()).isEqualTo(Decision.NO_CANDIDATE);
            assertThat(held.reason()).contains("before the last transfer");
        });
        ahead = Duration.ZERO.minusHours(1);
        one.sync();
        two.sync();
        assertThat(two.content()).as("a clock set back proves nothing").containsKey("dir/film");
    }

    @Test
    void whatWasStoredSinceTheLastUploadGoesAndSoDoesWhatIsChosen() throws Exception {
        one.rules(up(Deciders.holding("film")));
        one.write("film", "film");
        one.write("film2", "film 2");
        one.sync();
        one.rules(up(Decider.TRANSFER_ALL));
        one.write("later", "later");
        Files.setLastModifiedTime(one.path("later"),
                FileTime.from(SystemTime.clock().instant().plus(Duration.ofHours(2))));
        one.sync();
        one.folder().choose(held -> held.path().equals("film2"), true);
        one.sync();
        two.sync();
        assertThat(two.content()).containsOnlyKeys("film2", "later");
        assertThat(one.folder().held()).extracting(Held::path).containsExactly("film");
    }

    @Test
    void whatTheServerHadAtTheLastDownloadStaysThereWhenTheRulesChange() throws Exception {
        two.rules(down(Deciders.holding("film")));
        one.write("film", "film");
        one.write("a", "a");
        one.sync();
        two.sync();
        two.rules(down(Decider.TRANSFER_ALL));
        one.write("film2", "new");
        one.sync();
        two.sync();
        assertThat(two.content()).containsOnlyKeys("a", "film2");
        assertThat(two.folder().held()).extracting(Held::path, Held::rule)
                .containsExactly(tuple("film", Decision.NO_CANDIDATE));
        two.folder().choose(held -> true, true);
        two.sync();
        assertThat(two.read("film")).isEqualTo("film");
        one.write("film", "edited");
        one.sync();
        two.sync();
        assertThat(two.read("film")).isEqualTo("edited");
    }

    @Test
    void firstTransferIsOfEverything() throws Exception {
        one.write("old", "old");
        one.sync();
        two.rules(down(Decider.TRANSFER_ALL));
        two.sync();
        assertThat(two.content()).containsOnlyKeys("old");
    }

    @Test
    void whatIsAskedAboutStaysACandidateUntilTheAnswer() throws Exception {
        one.rules(up(Deciders.on("film", Action.ASK)));
        one.write("film", "film");
        one.write("film2", "film 2");
        one.sync();
        ahead = Duration.ofHours(2);
        one.sync();
        assertThat(one.folder().held()).extracting(Held::action).containsOnly(Action.ASK);
        one.folder().choose(held -> held.path().equals("film"), false);
        one.folder().choose(held -> held.path().equals("film2"), true);
        one.sync();
        one.rules(up(Decider.TRANSFER_ALL));
        one.write("film", "edited");
        one.sync();
        two.sync();
        assertThat(two.content()).containsOnlyKeys("film2");
    }

    @Test
    void bothFindTheSameOnTheSameTreesWhileNoRuleChanges() throws Exception {
        Integer only = Integer.getInteger("tidebox.seed");
        for (int seed = only == null ? 0 : only; seed < (only == null ? SEEDS : only + 1); seed++) {
            try (RuledWorld index = new RuledWorld(seed, CandidateMode.INDEX);
                    RuledWorld since = new RuledWorld(seed, CandidateMode.SINCE_TRANSFER)) {
                compare(index, since, seed);
            }
        }
    }

    private static void compare(RuledWorld index, RuledWorld since, int seed) {
        try {
            for (int round = 0; round < 4; round++) {
                for (RuledWorld world : List.of(index, since)) {
                    for (int step = world.between(4, 6); step > 0; step--) {
                        world.step();
                    }
                    world.settle();
                }
                for (int i = 0; i < index.devices.size(); i++) {
                    Device first = index.devices.get(i).device;
                    Device second = since.devices.get(i).device;
                    assertThat(second.content()).as("content of %s", i).isEqualTo(first.content());
                    assertThat(held(second)).as("held on %s", i).isEqualTo(held(first));
                }
            }
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed + "\n" + String.join("\n", both(index.log, since.log)), e);
        }
    }

    /** What both did once, and beside each other what they did otherwise. */
    private static List<String> both(List<String> one, List<String> other) {
        List<String> both = new ArrayList<>();
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            both.add(one.get(i).equals(other.get(i)) ? one.get(i) : one.get(i) + " | " + other.get(i));
        }
        return both;
    }

    private static List<String> held(Device device) throws Exception {
        return device.folder().held().stream().map(held -> held.direction() + " " + held.path() + " " + held.size())
                .toList();
    }
}
