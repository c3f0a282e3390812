package org.tidebox.rules;

/** How the candidates for a transfer in one direction are found. */
public enum CandidateMode {
    /** By comparing the indexes of both sides: whatever differs is one. */
    INDEX,
    /** Of what differs, only what was stored since the last transfer. */
    SINCE_TRANSFER
}
