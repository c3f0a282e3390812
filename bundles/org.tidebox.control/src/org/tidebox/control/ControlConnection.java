package org.tidebox.control;

import org.osgi.annotation.versioning.ProviderType;

/** A caller's end of a control channel. Thread-safe; calls may overlap. */
@ProviderType
public interface ControlConnection extends AutoCloseable {
    /**
     * Returns a served interface. Its methods throw what they declare, made again as {@link ControlError} says, or with
     * the same message where the class has a constructor for one text; else {@link ControlException} if they declare
     * that, else {@link ControlFailure}.
     *
     * @throws IllegalArgumentException if it has no {@link ControlName}
     */
    <T> T api(Class<T> type);

    /** Returns whether either side has ended the connection. */
    boolean isClosed();

    /** Ends the connection; calls that wait fail. */
    @Override
    void close();
}
