package org.tidebox.server.data;

/** The server cannot start. The message is one line for the operator. */
public final class ServerStartException extends Exception {
    private static final long serialVersionUID = 1L;
    /** The exit code for a wrong command line. */
    public static final int USAGE = 2;
    /** The exit code for everything else. */
    public static final int FAILED = 1;
    private final int exitCode;
    private final boolean taken;

    /** Says what is wrong and what to do, and with which code the process ends. */
    public ServerStartException(int exitCode, String message) {
        this(exitCode, message, false);
    }

    private ServerStartException(int exitCode, String message, boolean taken) {
        super(message);
        this.exitCode = exitCode;
        this.taken = taken;
    }

    /** Tells that another process has the data folder, which may be about to start or to end. */
    static ServerStartException taken(String message) {
        return new ServerStartException(FAILED, message, true);
    }

    /** Returns whether another process has the data folder. */
    public boolean isTaken() {
        return taken;
    }

    /** Returns the exit code. */
    public int getExitCode() {
        return exitCode;
    }

    /** Returns whether starting again in the same way cannot help. */
    public boolean isPermanent() {
        return exitCode == USAGE;
    }
}
