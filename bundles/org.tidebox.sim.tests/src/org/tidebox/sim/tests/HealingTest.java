package org.tidebox.sim.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.server.upkeep.Finding;
import org.tidebox.server.upkeep.ScrubReport;
import org.tidebox.sync.folder.HeadNews;
import org.tidebox.sync.folder.ScanScope;
import org.tidebox.sync.folder.SyncReport;
import org.tidebox.tree.ChunkId;
import org.tidebox.tree.Node;

/** What is damaged on the server is made good by a device that still has it. */
@Tag("C1")
class HealingTest {
    private static final int PIECE = 300_000;
    private World world;
    private SimDevice first;
    private SimDevice second;
    private Path thesis;

    @BeforeEach
    void writeAThesis() throws Exception {
        world = new World(new Script(1, 2, List.of()));
        first = world.devices().get(0);
        second = world.devices().get(1);
        thesis = first.root().resolve("thesis");
        byte[] text = new byte[10 * PIECE];
        new Random(4).nextBytes(text);
        first.disk().asUser(() -> Files.write(thesis, text));
        sync(first);
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void deviceSendsWhatTheScrubFoundDamagedAndOthersCanFetchItAgain() throws Exception {
        damage(node().recipe().entries().get(2).id());
        ScrubReport scrubbed = world.server().upkeep().scrub();
        assertThat(scrubbed.damaged()).isEqualTo(1);
        assertThat(scrubbed.findings()).extracting(Finding::path).contains("thesis");
        assertThat(sync(second).quiet()).isTrue();
        assertThat(second.content()).as("never served").doesNotContainKey("thesis");
        assertThat(second.folder().status().problems()).singleElement().asString().contains("thesis");

        long before = stored();
        first.folder().sendWanted();
        assertThat(stored() - before).as("only what was lost travels").isLessThan(PIECE);
        assertThat(world.server().upkeep().scrub().findings()).isEmpty();
        assertThat(world.server().upkeep().check(false).findings()).isEmpty();
        second.folder().retryNow();
        sync(second);
        assertThat(second.content()).isEqualTo(first.content());
        long healed = stored();
        first.folder().sendWanted();
        assertThat(stored()).as("asked for no more").isEqualTo(healed);
    }

    @Test
    void editOfAFileWithDamageMakesItWhole() throws Exception {
        damage(node().recipe().entries().get(2).id());
        world.server().upkeep().scrub();
        first.disk().asUser(() -> Files.write(thesis, "the end".getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.APPEND));
        assertThat(sync(first).quiet()).isTrue();
        assertThat(first.folder().status().problems()).isEmpty();
        assertThat(world.server().upkeep().scrub().findings()).isEmpty();
        sync(second);
        assertThat(second.content()).isEqualTo(first.content());
    }

    @Test
    void whatWasEditedIsNotSentForTheFormerContent() throws Exception {
        ChunkId lost = node().recipe().entries().get(2).id();
        damage(lost);
        world.server().upkeep().scrub();
        first.disk().asUser(() -> Files.writeString(thesis, "something else"));
        first.folder().sendWanted();
        sync(first);
        assertThat(world.server().upkeep().scrub().findings()).extracting(Finding::problem)
                .anyMatch(problem -> problem.contains("older version"));
        assertThat(world.server().core().damage().wanted(world.server().session(0).account())).isEmpty();
    }

    private SyncReport sync(SimDevice device) throws Exception {
        return device.sync(ScanScope.EVERYTHING, HeadNews.UNKNOWN, Weather.calm()).orElseThrow();
    }

    private void damage(ChunkId chunk) throws Exception {
        world.server().damage(chunk);
    }

    private Node node() throws Exception {
        return world.server().nodes().getFirst();
    }

    private long stored() throws Exception {
        return world.server().stored();
    }
}
