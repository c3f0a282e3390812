package org.tidebox.server.admin;

import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.control.ControlName;
import org.tidebox.control.OrNull;
import org.tidebox.feature.FeatureStatus;

/**
 * What the operator of a server can do, whether it serves or not. Served over the control socket of the data folder
 * ({@code org.tidebox.control}); everything here travels as JSON.
 */
@ProviderType
@ControlName("server")
public interface ServerAdmin {
    /** The most bytes of a {@link ContentPart}. */
    int MAX_PART = 1 << 20;

    /**
     * Adds a person.
     *
     * @param name 1 to 64 letters, digits and {@code . _ @ -}
     * @param password at least 8 characters
     * @throws AdminException if the name is bad or in use, or the password too short
     */
    AccountInfo addAccount(String name, String password) throws AdminException;

    /** Lists all people by name. */
    List<AccountInfo> listAccounts() throws AdminException;

    /**
     * Locks a person out or in again; devices that are connected are cut off at once.
     *
     * @param keepDevices whether the devices' tokens are good again when the person is let in again; else they are
     *        withdrawn for good, and so are open join codes. Means nothing where a person is let in
     * @throws AdminException if there is no such account
     */
    void disableAccount(String name, boolean disabled, boolean keepDevices) throws AdminException;

    /**
     * Sets a person's password in place of an earlier one.
     *
     * @param password at least 8 characters
     * @param logOutDevices whether to remove all of the person's devices as well, and to withdraw open join codes
     * @return how many devices were removed
     * @throws AdminException if there is no such account, or the password is too short
     */
    int setPassword(String name, String password, boolean logOutDevices) throws AdminException;

    /**
     * Lists devices, by account and name.
     *
     * @param account whose, or {@code null} for everybody's
     * @throws AdminException if there is no such account
     */
    List<DeviceInfo> listDevices(@OrNull String account) throws AdminException;

    /**
     * Removes a device; it is cut off at once.
     *
     * @param device its name, or its number
     * @return the device as it was
     * @throws AdminException if there is no such account or device, or several have that name
     */
    DeviceInfo removeDevice(String account, String device) throws AdminException;

    /**
     * Limits the room of a person.
     *
     * @param bytes the most bytes of stored chunks, 0 for no limit
     * @throws AdminException if there is no such account or the number is negative
     */
    void setQuota(String name, long bytes) throws AdminException;

    /**
     * Makes a join code that connects one device; it works once, within 24 hours.
     *
     * @return the text to be pasted into {@code tidebox join}
     * @throws AdminException if there is no such account, or the server's address is not known because it never ran
     */
    String invite(String name) throws AdminException;

    /** Lists the swap points, by name. */
    List<FeatureStatus> features() throws AdminException;

    /**
     * Chooses a provider, now and after restarts.
     *
     * @throws AdminException if there is no such swap point or provider
     */
    FeatureStatus useFeature(String point, String provider) throws AdminException;

    /**
     * Returns how much of the past a library keeps.
     *
     * @throws AdminException if there is no such account or library
     */
    RetentionInfo retention(String account, String library) throws AdminException;

    /**
     * Changes how much of the past a library keeps; applied by the next {@link #gc}.
     *
     * @throws AdminException if there is no such account or library, or a number is negative or very large
     */
    void setRetention(RetentionInfo wanted) throws AdminException;

    /**
     * Applies retention, frees what nothing names any more, and gives its room back to the disk. Takes as long as it
     * takes; the server goes on serving.
     *
     * @param leaseHours for so many hours a chunk that nothing names is kept for uploads in flight; 0 for none
     * @throws AdminException if the number is negative, or another gc, scrub or check is going on
     */
    GcResult gc(int leaseHours) throws AdminException;

    /**
     * Reads every chunk again and compares its hash.
     *
     * @throws AdminException if another gc, scrub or check is going on
     */
    ScrubResult scrub() throws AdminException;

    /**
     * Checks journals, trees, contents, index and packs.
     *
     * @param rebuild whether to make the chunk index anew from the packs before
     * @throws AdminException if another gc, scrub or check is going on
     */
    CheckResult check(boolean rebuild) throws AdminException;

    /**
     * Reads a part of a file of somebody's library.
     *
     * @param library its name, or {@code KIND:NAME} where libraries of several kinds have the name
     * @param path names with slashes between them
     * @param version the sequence of a version, 0 for the present one
     * @param from the first byte of the part, which has at most {@value #MAX_PART} bytes
     * @throws AdminException if there is no such account, library, file or version, or its content is damaged
     */
    ContentPart readContent(String account, String library, String path, long version, long from)
            throws AdminException;

    /**
     * Stores a file of this computer in somebody's library, with all checks of an upload; folders that are not there are
     * made, and a file that is there gets a new version. Devices hear of it as of any other change.
     *
     * @param library its name, or {@code KIND:NAME} where libraries of several kinds have the name
     * @param path names with slashes between them
     * @param file absolute; the server reads it
     * @throws AdminException if there is no such account or library, the path cannot be used, the account has no room, or
     *         the file cannot be read
     */
    StoredFile putContent(String account, String library, String path, Path file) throws AdminException;

    /** Returns figures. */
    ServerStats stats() throws AdminException;
}
