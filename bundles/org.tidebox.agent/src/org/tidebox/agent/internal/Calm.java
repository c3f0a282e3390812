package org.tidebox.agent.internal;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tidebox.agent.AgentException;
import org.tidebox.sync.RemoteException;

/** Lets folders come to rest around what changes them on the server. */
final class Calm {
    /** Edits that are still on their way after this become conflict copies, as ever: nothing is lost by going on. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Calm() {
    }

    /**
     * Lets what was edited here be uploaded; a folder that rests or asks is refused.
     *
     * @param instead what else the person can do then, as the end of a sentence; may be empty
     */
    static void before(FolderPast past, String instead) throws AgentException, RemoteException {
        OpenFolder folder = past.folder();
        if (folder.definition().paused()) {
            throw new AgentException("The folder " + folder.root()
                    + " is paused; 'tidebox folder resume' it first" + instead);
        }
        past.connection().info();
        if (!sync(folder, PATIENCE)) {
            throw new AgentException("The folder " + folder.root()
                    + " has stopped and asks you something: see 'tidebox status'" + instead, false);
        }
    }

    /** Waits until this device has what was told to the server. */
    static void after(FolderPast past) throws AgentException {
        if (!sync(past.folder(), PATIENCE)) {
            throw new AgentException("It is done on the server, but not here yet: see 'tidebox status'", false);
        }
    }

    /**
     * Makes of a server's refusal what a person can act on. The folder looks for what was done before it, of which it
     * hears nothing else; where its server was set back it finds out that way, so that it stops and asks.
     */
    static RemoteException refused(FolderPast past, RemoteException refusal) {
        past.folder().ask();
        if (refusal.getReason() != RemoteException.Reason.SET_BACK) {
            return refusal;
        }
        return new RemoteException(RemoteException.Reason.SET_BACK, refusal.getMessage() + ". Nothing more was changed;"
                + " look at 'tidebox status', say 'tidebox folder resume', then try again", refusal);
    }

    /** Lets a folder work until it is quiet or the time is over; returns false if it needs a person. */
    static boolean sync(OpenFolder folder, Duration longest) throws AgentException {
        folder.start();
        try {
            return folder.synced().get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return true;
        } catch (ExecutionException e) {
            throw new AgentException("Waiting for " + folder.root() + " ended by an error: "
                    + e.getCause().getMessage(), false, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentException("Waiting for " + folder.root() + " was interrupted", false, e);
        }
    }
}
