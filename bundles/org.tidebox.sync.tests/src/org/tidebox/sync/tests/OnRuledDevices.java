package org.tidebox.sync.tests;

import java.nio.charset.StandardCharsets;
import org.tidebox.delta.ChunkCodec;
import org.tidebox.rules.Decider;

/** Two devices, of which rules hold things back. */
public abstract class OnRuledDevices extends OnTwoDevices {
    /** Holds what would go up from a device and has a word in its path. */
    public static void up(Device device, String word) {
        device.rules(Deciders.holding(word), Decider.TRANSFER_ALL);
    }

    /** Holds what would come down to a device and has a word in its path. */
    public static void down(Device device, String word) {
        device.rules(Decider.TRANSFER_ALL, Deciders.holding(word));
    }

    /** Returns whether a text ever left a device. */
    public final boolean isOnServer(String text) {
        return server.backUp().chunks().containsKey(ChunkCodec.idOf(StandardCharsets.UTF_8.encode(text)));
    }
}
