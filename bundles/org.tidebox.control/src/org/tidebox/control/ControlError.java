package org.tidebox.control;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * An exception that keeps its facts on the way over a control socket. Where a method declares it, it is made again on
 * the other side by its constructor {@code (String message, boolean permanent, F facts)}, in which {@code F} is what
 * {@link #facts()} returns: an enum, a record, or a sealed interface of records.
 */
@ConsumerType
public interface ControlError {
    /** Returns whether trying the same again is of no use. */
    boolean isPermanent();

    /** Returns what is wrong, for programs; {@code null} if there is nothing to say but the message. */
    Object facts();
}
