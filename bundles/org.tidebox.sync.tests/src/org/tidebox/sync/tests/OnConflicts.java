package org.tidebox.sync.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.tidebox.delta.fastcdc.FastCdcChunker;
import org.tidebox.sync.conflict.Conflict;
import org.tidebox.sync.conflict.Conflicts;
import org.tidebox.sync.conflict.Settlement;
import org.tidebox.sync.conflict.Texts;
import org.tidebox.tree.NodeId;

/** Two devices that do things to the same entry at the same time. */
public abstract class OnConflicts extends OnTwoDevices {
    /** The time of what is merged. */
    public static final long NOW = 1_800_000_000_000_000_000L;
    private final Random random = new Random(31);

    public final void base(String text) throws Exception {
        one.write("dir/letter.txt", text);
        quiet();
    }

    /** Makes the conflict copy of device two beside the edit of device one. */
    public final void editBoth(String ones, String twos) throws Exception {
        base("the common version");
        edit(ones, twos);
    }

    public final void edit(String ones, String twos) throws Exception {
        one.write("dir/letter.txt", ones);
        two.write("dir/letter.txt", twos);
        quiet();
    }

    public final Settlement settlement(Device device) throws Exception {
        return settlement(device, only(device));
    }

    public final Settlement settlement(Device device, Conflict conflict) throws Exception {
        return new Settlement(server, Device.LIBRARY, device.store(), random, conflict);
    }

    public final void merge(Device device, boolean markers) throws Exception {
        settlement(device).merge(texts(), NOW, markers);
    }

    public final Texts texts() {
        return new Texts(server, server, Device.LIBRARY, Device.chunkers(new FastCdcChunker()), random);
    }

    public static Conflict only(Device device) throws Exception {
        List<Conflict> conflicts = Conflicts.list(device.store());
        assertThat(conflicts).hasSize(1);
        return conflicts.getFirst();
    }

    public static List<Conflict> conflicts(Device device) throws Exception {
        return Conflicts.list(device.store());
    }

    public final NodeId node(String name) {
        return server.live().stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow().id();
    }

    /** Lets both work until nothing is left to do, and asserts that both folders hold the same. */
    public final void quiet() throws Exception {
        for (int i = 0; i < 4; i++) {
            one.sync();
            two.sync();
        }
        assertThat(two.content()).isEqualTo(one.content());
    }
}
