package org.tidebox.agent;

import org.tidebox.control.ControlError;

/** The agent could not do what was asked. */
public final class AgentException extends Exception implements ControlError {
    private static final long serialVersionUID = 1L;
    private final boolean permanent;
    private final transient AgentProblem problem;

    /**
     * Says what is wrong. Made so on the other side of a control socket, too.
     *
     * @param message for the log, or for a person where there is no problem with words of its own
     * @param permanent whether trying the same again is of no use
     * @param problem the facts, or {@code null}
     */
    public AgentException(String message, boolean permanent, AgentProblem problem) {
        super(message);
        this.permanent = permanent;
        this.problem = problem;
    }

    /** Says something that trying the same again does not change. */
    public AgentException(AgentProblem problem) {
        this(problem, true, null);
    }

    /** Says what is wrong, whether trying the same again is of no use, and the cause for the log. */
    public AgentException(AgentProblem problem, boolean permanent, Throwable cause) {
        super(problem.toString(), cause);
        this.permanent = permanent;
        this.problem = problem;
    }

    /** Says what was expected, what was found and what to do, and whether trying the same again is of no use. */
    public AgentException(String message, boolean permanent) {
        this(message, permanent, (AgentProblem) null);
    }

    /** Says something that trying the same again does not change. */
    public AgentException(String message) {
        this(message, true);
    }

    /** As before, with the cause for the log. */
    public AgentException(String message, boolean permanent, Throwable cause) {
        super(message, cause);
        this.permanent = permanent;
        this.problem = null;
    }

    /** Returns what is wrong; {@code null} where only the message tells. */
    public AgentProblem getProblem() {
        return problem;
    }

    @Override
    public boolean isPermanent() {
        return permanent;
    }

    @Override
    public Object facts() {
        return problem;
    }
}
