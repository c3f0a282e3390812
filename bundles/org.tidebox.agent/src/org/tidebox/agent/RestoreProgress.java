package org.tidebox.agent;

/**
 * How far the restore that is going on has come.
 *
 * @param phase what it is doing, in a few words; {@code null} where none is going on
 * @param files how many files, folders and links are dealt with
 * @param filesTotal how many there are; 0 where that is not known
 * @param bytes how many bytes are written; 0 where none are
 * @param bytesTotal how many bytes are to be written; 0 where that is not known
 */
public record RestoreProgress(String phase, long files, long filesTotal, long bytes, long bytesTotal) {
    /** No restore is going on. */
    public static final RestoreProgress NONE = new RestoreProgress(null, 0, 0, 0, 0);

    /** Makes one of which nothing can be counted. */
    public static RestoreProgress of(String phase) {
        return new RestoreProgress(phase, 0, 0, 0, 0);
    }
}
