package org.tidebox.rules;

/** What to do with a candidate. */
public enum Action {
    /** It is sent or fetched. */
    TRANSFER,
    /** It stays where it is until somebody asks for it. */
    HOLD,
    /** The person is asked, and it stays where it is until the answer. */
    ASK
}
