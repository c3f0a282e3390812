package org.tidebox.memory.internal;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * A collection of garbage after which the heap keeps little more than what is in use. While a process works it is to have
 * room, so how much stays free behind a collection is changed for this one only.
 */
final class TightCollection {
    private static final String LEAST_FREE = "MinHeapFreeRatio";
    private static final String MOST_FREE = "MaxHeapFreeRatio";
    /** Percent of the heap. */
    private static final String FREE_AT_REST = "10";

    private TightCollection() {
    }

    /** Collects; in a virtual machine that is no HotSpot as its collector sees fit. */
    static void run() {
        HotSpotDiagnosticMXBean machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (machine == null) {
            System.gc();
            return;
        }
        String least = machine.getVMOption(LEAST_FREE).getValue();
        String most = machine.getVMOption(MOST_FREE).getValue();
        // At each moment the least may not be more than the most.
        machine.setVMOption(LEAST_FREE, "0");
        machine.setVMOption(MOST_FREE, FREE_AT_REST);
        try {
            System.gc();
            // What the first one let go of may have held other objects until its cleaners had run.
            System.gc();
        } finally {
            machine.setVMOption(MOST_FREE, most);
            machine.setVMOption(LEAST_FREE, least);
        }
    }
}
