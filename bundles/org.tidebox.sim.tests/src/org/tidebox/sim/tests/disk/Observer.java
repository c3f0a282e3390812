package org.tidebox.sim.tests.disk;

/** Hears what the engine does to a disk, before it happens. */
public interface Observer {
    /** The engine is about to do something; here others may act, or the computer may crash. */
    void before(String what);

    /** The engine is about to remove or replace a file that people can see. */
    void destroys(String path, byte[] content);
}
