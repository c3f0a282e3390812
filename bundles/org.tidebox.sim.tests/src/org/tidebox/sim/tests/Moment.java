package org.tidebox.sim.tests;

/** What people may do right before the engine does something: all, but for what no program could see. */
enum Moment {
    /** The engine is between two pieces of work. */
    QUIET,
    /** It is at work: an edit that keeps size and time would leave no trace beside what it does itself. */
    AT_WORK,
    /** It is about to put a file in the place of another: it would not see yet another one put there. */
    IN_PLACE,
    /** Nothing. */
    NOTHING;

    /**
     * Returns the moment before a call.
     *
     * @param call its name
     * @param links whether the disk has hard links; without them some changes rely on the look before them
     */
    static Moment before(String call, boolean links) {
        return switch (call) {
            case "request", "answer", "database", "list" -> QUIET;
            case "replace" -> links ? IN_PLACE : NOTHING;
            case "move" -> links ? AT_WORK : NOTHING;
            default -> AT_WORK;
        };
    }
}
