package org.tidebox.storage.journal;

/**
 * How much of the past a library keeps. A version stays if any rule keeps it; what a node is now always stays.
 *
 * @param keepLast so many of a node's newest versions
 * @param hourly the newest version of each of the last so many hours in which there is one
 * @param daily the same for days
 * @param weekly the same for weeks, which begin on Monday
 * @param monthly the same for months
 * @param yearly the same for years
 * @param trashDays for so many days a deleted node can be taken back
 */
public record Retention(int keepLast, int hourly, int daily, int weekly, int monthly, int yearly, int trashDays) {
    /** What holds for a library until somebody says otherwise. */
    public static final Retention DEFAULT = new Retention(20, 48, 30, 26, 60, 100, 90);
    /** No number is larger. */
    public static final int MAX = 1_000_000;

    /** Refuses numbers below 0 and above {@link #MAX}. */
    public Retention {
        for (int number : new int[]{keepLast, hourly, daily, weekly, monthly, yearly, trashDays}) {
            if (number < 0 || number > MAX) {
                throw new IllegalArgumentException(
                        "retention is counted in numbers from 0 to " + MAX + ", got " + number);
            }
        }
    }
}
