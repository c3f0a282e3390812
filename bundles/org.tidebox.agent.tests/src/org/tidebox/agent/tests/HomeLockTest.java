package org.tidebox.agent.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.agent.Home;
import org.tidebox.agent.HomeLock;
import org.tidebox.agent.HomeLockedException;

@Tag("P5")
class HomeLockTest {
    @TempDir
    private Path folder;

    @Test
    void secondOwnerIsRefusedAndToldWhoTheFirstIs() throws Exception {
        Home home = new Home(folder, false);
        try (HomeLock lock = HomeLock.acquire(home)) {
            assertThat(lock).isNotNull();
            HomeLockedException refused = catchThrowableOfType(HomeLockedException.class, () -> HomeLock.acquire(home));
            assertThat(refused.getOwner()).isEqualTo(ProcessHandle.current().pid());
            assertThat(refused).hasMessageContaining(folder.toString())
                    .hasMessageContaining("in use by process " + refused.getOwner());
            assertThat(refused.isPermanent()).isFalse();
        }
    }

    @Test
    void homeCanBeTakenAgainAfterItWasLetGo() throws Exception {
        Home home = new Home(folder, false);
        HomeLock.acquire(home).close();
        HomeLock.acquire(home).close();
    }

    @Test
    void missingHomeIsAnError() {
        assertThatThrownBy(() -> HomeLock.acquire(new Home(folder.resolve("none"), false)))
                .isInstanceOf(IOException.class);
    }
}
