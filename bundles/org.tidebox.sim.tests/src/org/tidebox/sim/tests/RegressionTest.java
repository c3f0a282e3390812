package org.tidebox.sim.tests;

import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Scripts that found something once, cut down to what it takes. */
@Tag("C1")
class RegressionTest {
    @Test
    void crashWhileTheRootIsMarkedLeavesAFolderThatWorks() {
        replay(10, 1, 2, 3);
    }

    @Test
    void editBetweenAMoveOfOursAndTheLookAfterItIsSeen() {
        replay(150, 6, 7, 9, 14, 15, 18, 19, 35);
    }

    @Test
    void folderStaysAsLongAsAnEntryThatIsGoneAlreadyCountsAsBeingThere() {
        replay(1722, 1, 4, 8, 9, 12, 14, 21, 24, 25, 27, 30, 31, 32, 35);
    }

    @Test
    void serverThatWasSetBackGetsWhatTheDevicesHave() {
        replay(59, 35, 42);
    }

    @Test
    void commitsBeyondWhatWasPulledTellThatTheServerWasSetBack() {
        replay(1886, 3, 4, 9, 12, 14);
    }

    @Test
    void contentThatWasOnlySentAlongIsNoBaseOfAnEdit() {
        replay(2668, 1, 2, 3, 4, 5, 6, 7, 9, 13, 17, 19, 20, 21, 22, 23, 28, 30, 31, 32, 33, 34, 36, 38, 39, 40, 41);
    }

    @Test
    void intermediateNameThatSomebodyElseHasIsNotWaitedFor() {
        replay(2453, 0, 1, 2, 3, 5, 6, 8, 9, 10, 13);
    }

    private static void replay(long seed, Integer... steps) {
        Script script = Script.of(seed).only(Set.of(steps));
        Simulation simulation = Simulation.run(script);
        if (simulation.failed()) {
            throw new AssertionError(script.replay() + "\n" + simulation.trace(), simulation.failure());
        }
    }
}
