package org.tidebox.agent;

/**
 * How far the restore that is going on has come.
 *
 * @param phase what it is doing, in a few words; {@code null} where none is going on
 * @param done how many bytes are written; 0 where that is not known
 * @param total how many bytes are to be written; 0 where that is not known
 */
public record RestoreProgress(String phase, long done, long total) {
    /** No restore is going on. */
    public static final RestoreProgress NONE = new RestoreProgress(null, 0, 0);
}
