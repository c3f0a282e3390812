package org.tidebox.control;

/** A caller's end of a control channel. Thread-safe; calls may overlap. */
public interface ControlConnection<T> extends AutoCloseable {
    /**
     * Returns the served interface. Its methods throw what they declare, rebuilt with the same message where the class
     * has a constructor for one text; else {@link ControlException} if they declare that, else {@link ControlFailure}.
     */
    T api();

    /** Returns whether either side has ended the connection. */
    boolean isClosed();

    /** Ends the connection; calls that wait fail. */
    @Override
    void close();
}
