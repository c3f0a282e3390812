package org.tidebox.remote;

import org.osgi.annotation.versioning.ConsumerType;
import org.tidebox.wire.LibraryEvent;

/** Hears the server's news. Calls come one after the other on a thread of the connection and should return soon. */
@ConsumerType
public interface EventListener {
    /** The stream stands. News may have been missed while it did not, so look for changes now. */
    void connected();

    /** A library has moved on. Of what this device has sent it is told nothing: the answers to its commits tell the head. */
    void event(LibraryEvent event);

    /**
     * The stream broke, or could not be set up; it will be tried again.
     *
     * @param why what happened
     */
    void disconnected(RemoteException why);
}
