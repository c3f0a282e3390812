package org.tidebox.files.tests.disk;

/** Hears what the engine does to a disk, before it happens. */
public interface Observer {
    /** The engine is about to do something; here others may act, or the computer may crash. */
    void before(String what);

    /** Returns whether people can see what lies at a path. */
    boolean shows(String path);

    /** The engine is about to take away the last name of a file that people could see. */
    void destroys(String path, byte[] content);
}
