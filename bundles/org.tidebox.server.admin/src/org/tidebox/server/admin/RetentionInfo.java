package org.tidebox.server.admin;

import java.util.Objects;

/**
 * How much of the past a library keeps. What a file is now always stays.
 *
 * @param account whose library it is
 * @param library its name
 * @param keepLast so many of a file's newest versions
 * @param hourly the newest version of each of the last so many hours in which there is one
 * @param daily the same for days, in UTC
 * @param weekly the same for weeks, which begin on Monday
 * @param monthly the same for months
 * @param yearly the same for years
 * @param trashDays for so many days what was deleted can be taken back
 */
public record RetentionInfo(String account, String library, int keepLast, int hourly, int daily, int weekly,
        int monthly, int yearly, int trashDays) {
    /** Refuses what lacks a part that it must have. */
    public RetentionInfo {
        Objects.requireNonNull(account);
        Objects.requireNonNull(library);
    }
}
