package org.tidebox.sync.device;

import java.time.Duration;

/**
 * What the file system told about an entry when its content was last known. As long as all of it {@link #matches}, the
 * content is taken to be the same, and is not read. All that the engine concludes from times of files is said here.
 *
 * <p>
 * <b>What a stamp can miss.</b> The clock by which a file system gives times ticks: every few milliseconds on most
 * disks of Linux, every second on ext4 with inodes of 128 bytes, every two seconds on FAT. Whoever reads a file, and
 * looks at its stamp before and after, knows the content that belongs to the stamp only if no edit after that can leave
 * the same stamp. One in the same tick can: size, times and inode are then the same. Neither the time of the inode's
 * last change helps, which is given by the same clock, nor the inode, whose number a new file gets as soon as the old
 * one is deleted.
 *
 * <p>
 * <b>When it is sure.</b> An edit gives a file the time at which it happens. So a stamp whose times are older than the
 * clock of the file system was when the reading began, by a whole {@linkplain StampResolution resolution} at least,
 * belongs to the content that was read: each later edit leaves a later time. A younger one {@link #isYoung} and is kept
 * as {@link #doubtful}: it matches nothing, so that whoever compares it reads the content, and no entry with it is ever
 * replaced or removed. It is looked at again after a tick, and then it is old: each young file is read once more, and
 * no other. A doubtful stamp is stored like any other, and so outlives a restart.
 *
 * <p>
 * <b>Whose clock.</b> The times of a disk in the network come from the computer that has the disk, whose clock is not
 * ours. So times are compared with the time of a file that was just made on the same file system.
 *
 * <p>
 * <b>What we write ourselves.</b> Content that the engine puts in place has the time of modification that it had where
 * it comes from. That an edit gives it another one is sure where that time is older than the moment in which it was
 * put in place, by a resolution; the time of the inode's last change tells that moment. A change of ours that leaves
 * content and time alone (another name, another mode) takes a doubt over, and adds none.
 *
 * <p>
 * <b>What stays unseen.</b> An edit of the same size that sets the time of modification back to the nanosecond, within
 * the tick in which the engine itself changed the inode; and any such edit on file systems that have no time of the
 * inode's last change.
 *
 * @param size length of a file in bytes; 0 for folders and links, whose size says nothing
 * @param mtime time of last modification in nanoseconds since 1970-01-01T00:00Z; 0 for folders
 * @param ctime time of the last change of the inode likewise, which no program can set; 0 for folders and links, or
 *        where the file system has none; -1 in a doubtful stamp
 * @param mode permission bits 0 to 0777, or {@link org.tidebox.tree.Attributes#NO_MODE}
 * @param key the inode, or empty where the file system has none; on a file system that is mounted inside the sync
 *        folder, something follows that tells its inodes from others, behind {@link #SUFFIX}
 */
public record DiskStamp(long size, long mtime, long ctime, int mode, String key) {
    /** Stands before what tells an inode from those of other file systems. */
    public static final String SUFFIX = "@";
    /** Equal to no stamp of a real entry: an entry with this one is looked at anew by the next scan. */
    public static final DiskStamp UNKNOWN = new DiskStamp(-1, 0, 0, -1, "");
    private static final long DOUBTFUL = -1;

    /** Returns whether both name the same inode. */
    public boolean sameFile(DiskStamp other) {
        return !key.isEmpty() && key.equals(other.key);
    }

    /** Returns whether it is the same inode as one before, or one that was known before inodes had suffixes. */
    public boolean isInodeOf(DiskStamp before) {
        return key.equals(before.key) || !before.key.isEmpty() && key.startsWith(before.key + SUFFIX);
    }

    /**
     * Returns whether size and time of modification are the same, so that an inode with both is the same file after a
     * move.
     */
    public boolean sameContent(DiskStamp other) {
        return size == other.size && mtime == other.mtime;
    }

    /** Returns whether an entry that is found with a stamp has the content that belongs to this one, for sure. */
    public boolean matches(DiskStamp found) {
        return !isDoubtful() && equals(found);
    }

    /** Returns whether an entry that is found with a stamp may have the content that belongs to this one. */
    public boolean mayMatch(DiskStamp found) {
        return sameContent(found) && mode == found.mode && key.equals(found.key)
                && (isDoubtful() || ctime == found.ctime);
    }

    /** Returns whether the entry may have changed since without a trace. */
    public boolean isDoubtful() {
        return ctime == DOUBTFUL;
    }

    /** Returns the same stamp as one that the entry may keep although it changes. */
    public DiskStamp doubtful() {
        return new DiskStamp(size, mtime, DOUBTFUL, mode, key);
    }

    /** Returns this one, or a doubtful one where the inode was changed since by somebody else: by an edit, perhaps. */
    public DiskStamp unlessChanged(DiskStamp found) {
        return ctime == found.ctime ? this : doubtful();
    }

    /**
     * Returns the stamp of an entry with this one after a change of ours that leaves content and time alone. Where
     * somebody else changed it between that and the look after it, it is one that the next scan finds changed.
     *
     * @param after what that look found
     */
    public DiskStamp kept(DiskStamp after) {
        boolean isKept = sameContent(after) && mode == after.mode && key.equals(after.key);
        return isKept && !isDoubtful() ? after : doubtful();
    }

    /**
     * Returns the stamp of a copy of an entry with this one. What somebody changed before the copy was made differs from
     * what the copy shows, so that the next scan finds it.
     *
     * @param found what was copied
     * @param copy what the copy shows, which may be unable to hold all of it
     */
    public DiskStamp copied(DiskStamp found, DiskStamp copy) {
        DiskStamp stamp = new DiskStamp(size, mtime == found.mtime ? copy.mtime : mtime, copy.ctime,
                mode == found.mode ? copy.mode : mode, copy.key);
        return matches(found) ? stamp : stamp.doubtful();
    }

    /** Returns whether the file system tells when the inode was last changed. */
    public boolean hasChangeTime() {
        return ctime != 0;
    }

    /**
     * Returns whether no edit after some moment leaves the same times, so that none after a later moment does.
     *
     * @param then the stamp of a file that was made on the same file system at that moment
     * @param resolution of the file system
     */
    public boolean isOld(DiskStamp then, StampResolution resolution) {
        return mtime <= then.mtime - resolution.mtime().toNanos() && ctime <= then.ctime - resolution.ctime().toNanos();
    }

    /**
     * Returns whether an edit can still leave the same times.
     *
     * @param now the stamp of a file that was made on the same file system just before
     * @param resolution of the file system
     */
    public boolean isYoung(DiskStamp now, StampResolution resolution) {
        return isYoung(mtime, now.mtime, resolution.mtime())
                || hasChangeTime() && isYoung(ctime, now.ctime, resolution.ctime());
    }

    /**
     * Returns whether an edit could have left the same time of modification since the inode was last changed; only for
     * entries whose time of modification was set.
     */
    public boolean isYoungAsWritten(StampResolution resolution) {
        return isYoung(mtime, ctime, resolution.mtime());
    }

    /** A time far ahead was set by a program, or by a clock that was wrong: no edit leaves it. */
    private static boolean isYoung(long time, long now, Duration resolution) {
        return time > now - resolution.toNanos() && time <= now + StampResolution.COARSEST.toNanos();
    }
}
