package org.tidebox.it.tests.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.it.tests.scene.Server;

/** Many devices at one server; {@link DevicesFiguresIT} measures more of them. */
@Tag("C1")
class DevicesIT {
    private static final int ACCOUNTS = 3;
    private static final int DEVICES_EACH = 10;
    private static final int CHANGES_EACH = 5;
    private static final int HELD_UPLOADS = 20;
    private static final long HELD_AFTER = 7 << 20;
    @TempDir
    static Path temp;
    private static Server server;
    private static Crowd crowd;

    @BeforeAll
    static void startAll() throws Exception {
        server = new Server(temp).start();
        crowd = Crowd.join(server, ACCOUNTS, DEVICES_EACH);
    }

    @AfterAll
    static void stopAll() throws Exception {
        crowd.close();
        server.close();
    }

    @Test
    void everyChangeIsTakenAndHeardOfByAllOtherDevicesOfItsAccount() throws Exception {
        crowd.changeWhile(done -> done < CHANGES_EACH);
        crowd.awaitPushes();
        assertThat(crowd.failures()).isEmpty();
        assertThat(crowd.pushes().count())
                .isGreaterThanOrEqualTo(ACCOUNTS * DEVICES_EACH * CHANGES_EACH * (DEVICES_EACH - 1));
    }

    @Test
    void smallChangesGoThroughWhileBigUploadsStandStillInTheMiddle() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        List<Future<?>> held = new ArrayList<>();
        for (LightDevice device : crowd.devices().subList(0, HELD_UPLOADS)) {
            held.add(crowd.start(() -> device.upload(device.noise().stream(2 * HELD_AFTER, HELD_AFTER, gate))));
        }
        crowd.changeWhile(done -> done < 1, Noise.LONGEST);
        crowd.awaitPushes();
        assertThat(held).noneMatch(Future::isDone);
        gate.countDown();
        for (Future<?> upload : held) {
            upload.get();
        }
        assertThat(crowd.failures()).isEmpty();
    }
}
