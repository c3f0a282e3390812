package org.tidebox.server.data;

/** The server cannot start. The message is one line for the operator. */
public final class ServerStartException extends Exception {
    private static final long serialVersionUID = 1L;
    /** The exit code for a wrong command line. */
    public static final int USAGE = 2;
    /** The exit code for everything else. */
    public static final int FAILED = 1;
    private final int exitCode;

    /** Says what is wrong and what to do, and with which code the process ends. */
    public ServerStartException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
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
