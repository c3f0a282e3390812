package org.tidebox.server.tests;

/** Says which call fails: the n-th from when this was armed. Thread-safe. */
public final class FaultCounter {
    /** When the call fails. */
    public enum When {
        /** Nothing was done. */
        BEFORE,
        /** All was done, but the answer got lost; of what is written in pieces, half. */
        AFTER
    }

    private String only;
    private int left = Integer.MAX_VALUE;
    private When when = When.BEFORE;
    private boolean ends;
    private boolean ended;
    private String failed;

    /** From now on counts calls of this kind alone. */
    public synchronized void only(String call) {
        only = call;
    }

    /** Makes the n-th call from now on fail; if it is the end, all calls after it fail as well. */
    public synchronized void arm(int n, When point, boolean isEnd) {
        left = n;
        when = point;
        ends = isEnd;
        ended = false;
        failed = null;
    }

    public synchronized void disarm() {
        left = Integer.MAX_VALUE;
        ended = false;
    }

    /** Returns the call that failed since this was armed, or {@code null}. */
    public synchronized String failed() {
        return failed;
    }

    /** Returns whether a call fails at this point of it; to be asked at both, in this order. */
    public synchronized boolean isDue(String call, When point) {
        if (ended) {
            return point == When.BEFORE;
        }
        if (only != null && !only.equals(call)) {
            return false;
        }
        if (point == When.BEFORE && left != Integer.MAX_VALUE) {
            left--;
        }
        if (left == 0 && point == when) {
            left = Integer.MAX_VALUE;
            failed = call;
            ended = ends;
            return true;
        }
        return false;
    }
}
