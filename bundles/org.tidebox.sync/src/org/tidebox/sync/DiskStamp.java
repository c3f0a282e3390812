package org.tidebox.sync;

/**
 * What the file system told about an entry when its content was last known: as long as all of it is the same, the
 * content is taken to be the same, and is not read.
 *
 * @param size length of a file in bytes; 0 for folders and links, whose size says nothing
 * @param mtime time of last modification in nanoseconds since 1970-01-01T00:00Z; 0 for folders
 * @param ctime time of the last change of the inode likewise, which no program can set back; 0 for folders or where it
 *        is not known
 * @param mode permission bits 0 to 0777, or {@link org.tidebox.tree.Attributes#NO_MODE}
 * @param key the inode, or empty where the file system has none
 */
public record DiskStamp(long size, long mtime, long ctime, int mode, String key) {
    /** Equal to no stamp of a real entry: an entry with this one is looked at anew by the next scan. */
    public static final DiskStamp UNKNOWN = new DiskStamp(-1, 0, 0, -1, "");

    /** Returns whether both name the same inode. */
    public boolean sameKey(DiskStamp other) {
        return !key.isEmpty() && key.equals(other.key);
    }

    /**
     * Returns whether size and time of modification are the same, so that an inode with both is the same file after a
     * move.
     */
    public boolean sameContent(DiskStamp other) {
        return size == other.size && mtime == other.mtime;
    }

    /** Returns the same stamp with a change time that fits none, so that the next scan reads the content. */
    public DiskStamp young() {
        return new DiskStamp(size, mtime, -1, mode, key);
    }
}
