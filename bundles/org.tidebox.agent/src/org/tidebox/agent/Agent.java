package org.tidebox.agent;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.tidebox.control.Asks;
import org.tidebox.control.ControlName;
import org.tidebox.control.OrNull;
import org.tidebox.feature.FeatureStatus;
import org.tidebox.remote.Bandwidth;
import org.tidebox.sync.folder.Question;
import org.tidebox.sync.rules.RulePreview;

/**
 * What the client on this device does, as every face sees it: in the same process as a service, or over the control socket of the home.
 * Everything here travels as JSON. Thread-safe; calls may overlap. Folders are named by their absolute paths.
 */
@ProviderType
@ControlName("agent")
public interface Agent {
    /**
     * Connects this device with a join code, which works once.
     *
     * @param code what {@code tidebox server invite} printed
     * @param device how the person calls this installation, or {@code null} for the computer's name
     * @throws AgentException if the code is no join code, used or expired, the server is not there or is another one
     */
    AccountStatus join(String code, @OrNull String device) throws AgentException;

    /**
     * Connects this device with account and password.
     *
     * @throws AgentException if the server says no, is not there, or its certificate is not trusted
     */
    AccountStatus login(LoginRequest request) throws AgentException;

    /** Forgets the account and its token. Folders and files stay; the sync rests until the next login to the same account. */
    void logout() throws AgentException;

    /**
     * Lists the account's devices, by name.
     *
     * @throws AgentException if nobody is logged in, or the server is not there
     */
    @Asks
    List<DeviceReport> devices() throws AgentException;

    /**
     * Removes another device of the account: it is cut off at once, and what it holds stays on it.
     *
     * @param device its name, or its number
     * @param password the account's
     * @throws AgentException if the password is wrong, there is no such device, or it is this one
     */
    void removeDevice(String device, String password) throws AgentException;

    /**
     * Changes the account's password. This device stays logged in.
     *
     * @param password the present one
     * @param fresh the new one
     * @param logOutOthers whether to remove all other devices as well, and to withdraw open join codes
     * @return how many devices were removed
     * @throws AgentException if the present password is wrong, or the new one too weak
     */
    int changePassword(String password, String fresh, boolean logOutOthers) throws AgentException;

    /**
     * Keeps a folder the same as a library of the account, which is made if it is missing.
     *
     * @param directory an existing folder
     * @param library the library's name, or {@code null} for the folder's name
     * @param paused whether to wait for {@link #resumeFolder}
     * @throws AgentException if the folder cannot be used, or nobody is logged in
     */
    FolderReport addFolder(String directory, @OrNull String library, boolean paused) throws AgentException;

    /** Lists the sync folders, by directory. */
    @Asks
    List<FolderReport> listFolders() throws AgentException;

    /** Ends the sync of a folder; all files stay, here and on the server. */
    void removeFolder(String directory) throws AgentException;

    /** Lets a folder rest. */
    void pauseFolder(String directory) throws AgentException;

    /**
     * Goes on with a folder that rests, or says yes to what a folder asks that stopped. Yes counts for what it asks now; what it finds
     * otherwise meanwhile it asks anew.
     *
     * @return what it asked and was answered by this, or still asks if yes is {@linkplain Question#isAnswerable() no
     *         answer}, as where the folder is missing; {@code null} if it did not ask
     */
    Question resumeFolder(String directory) throws AgentException;

    /**
     * Keeps the extended attributes of a folder's files and folders on this device, or no longer. Those on the server stay
     * in either case.
     */
    void keepExtendedAttributes(String directory, boolean keep) throws AgentException;

    /**
     * Says what happens to what is ignored in a folder that is deleted on another device: it is deleted here, too, or the
     * folder stays on this device alone with it, as it does at first.
     */
    void deleteIgnored(String directory, boolean delete) throws AgentException;

    /** Tells who is logged in, whether the server is there, and how each folder is. */
    @Asks
    AgentStatus status() throws AgentException;

    /**
     * Waits until all folders that do not rest are scanned, uploaded, pulled to the server's head and applied.
     *
     * @param timeoutMillis the longest wait
     * @return whether it came so far; {@code false} also, and at once, when a folder needs a person, or an entry has
     *         failed for so long that it does
     */
    @Asks(waits = true)
    boolean waitUntilSynced(long timeoutMillis) throws AgentException;

    /**
     * Returns the versions of a file, folder or link in a sync folder, newest first, followed through renames and moves.
     *
     * @param path absolute; it may be gone
     * @throws AgentException if it is in no sync folder, not known to the server, or the server is not there
     */
    @Asks
    List<FileVersion> history(String path) throws AgentException;

    /**
     * Brings back an earlier state: without a directory to write into as new versions in the sync folder, which waits for
     * what was edited there to be uploaded first, and returns when this device has them, or tells what keeps it from that.
     *
     * @throws AgentException if there is no such file or state, the folder rests or asks, or the server is not there
     */
    RestoreReport restore(RestoreRequest request) throws AgentException;

    /**
     * Lists what was deleted and can be brought back, newest first.
     *
     * @param directory absolute; only what was in it, at any depth, or {@code null} for all sync folders
     */
    @Asks
    List<TrashEntry> trash(@OrNull String directory) throws AgentException;

    /**
     * Brings back what was deleted.
     *
     * @param items absolute paths, or ids as {@link #trash} gives them or their last digits
     */
    RestoreReport restoreTrash(List<String> items) throws AgentException;

    /** Tells how far the restore that is going on has come. */
    @Asks
    RestoreProgress restoring() throws AgentException;

    /** Lists the conflicts in all sync folders. */
    @Asks
    List<ConflictReport> conflicts() throws AgentException;

    /**
     * Settles conflicts, on all devices; returns when this one follows. Where a device has left several copies of a file
     * its newest one counts, and the older ones go to the trash.
     *
     * @param paths absolute; each of a conflict copy, of the file beside it, or of a folder for all conflicts in it; empty
     *        for all conflicts
     * @return what is settled, and what is not because it cannot be settled so or somebody changes it now
     * @throws AgentException if there is no conflict at one of the paths; all is as it was then
     */
    ConflictsSettled resolveConflicts(List<String> paths, ConflictChoice choice) throws AgentException;

    /** Returns the rules of a folder. */
    @Asks
    RuleReport rules(String directory) throws AgentException;

    /**
     * Adds a rule, which decides at once. What is the same on both sides stays so.
     *
     * @throws AgentException if the rule cannot be used; all is as it was then
     */
    RuleReport addRule(RuleRequest request) throws AgentException;

    /**
     * Tells what a rule would change, and changes nothing.
     *
     * @throws AgentException if the rule cannot be used, or the folder rests
     */
    @Asks
    RulePreview previewRule(RuleRequest request) throws AgentException;

    /**
     * Sets what is done with what meets no condition.
     *
     * @param action {@code transfer}, {@code hold} or {@code ask}
     */
    RuleReport setDefault(String directory, boolean upload, String action) throws AgentException;

    /**
     * Removes a rule.
     *
     * @param number its place in its list, from 1
     */
    RuleReport removeRule(String directory, boolean upload, int number) throws AgentException;

    /**
     * Sets what is decided on.
     *
     * @param mode {@code index} or {@code since-transfer}, as {@link RuleReport.Rules} tells
     */
    RuleReport setCandidates(String directory, boolean upload, String mode) throws AgentException;

    /** Lists the groups of types that conditions may name, by name. */
    @Asks
    List<TypeGroupReport> typeGroups() throws AgentException;

    /**
     * Makes a group of types, or another one of an own group; the rules that name it decide at once.
     *
     * @throws AgentException if it cannot be used, as because groups would hold each other; all is as it was then
     */
    TypeGroupReport setTypeGroup(String name, List<String> types) throws AgentException;

    /**
     * Removes an own group of types.
     *
     * @throws AgentException if there is none, or a rule or another group needs it; all is as it was then
     */
    void removeTypeGroup(String name) throws AgentException;

    /** Lists what the rules hold back in all sync folders that are at work, by path, and what waits for that. */
    @Asks
    List<HeldEntry> held() throws AgentException;

    /**
     * Transfers held entries past the rules, once, for their content as it is now.
     *
     * @param paths absolute; of a folder: all in it. Empty for everything
     * @return the entries
     * @throws AgentException if a path is in no sync folder, or nothing of it is held
     */
    List<HeldEntry> transferHeld(List<String> paths) throws AgentException;

    /**
     * Answers for entries that the person is asked about, for their content as it is now.
     *
     * @return the entries
     * @throws AgentException if a path is in no sync folder, or nothing of it is asked, or no rule can be made of the
     *         answer; then nothing is answered
     */
    List<HeldEntry> answerAsked(AskAnswer answer) throws AgentException;

    /**
     * Waits for a folder to ask something. Each batch of entries that rules ask about raises one question, which stands
     * until everything is answered; so a face that shows them calls this again and again with the last number it got.
     *
     * @param after the number of the last question that the caller knows; 0 for none
     * @param timeoutMillis the longest wait
     * @return the first question with a higher number; {@code null} if there was none in that time
     */
    @Asks(waits = true)
    AskReport nextQuestion(long after, long timeoutMillis) throws AgentException;

    /** Lists the swap points, by name. */
    @Asks
    List<FeatureStatus> features() throws AgentException;

    /**
     * Chooses a provider, now and after restarts.
     *
     * @throws AgentException if there is no such swap point or provider
     */
    FeatureStatus useFeature(String point, String provider) throws AgentException;

    /** Tells how fast contents may travel. */
    @Asks
    Bandwidth bandwidth() throws AgentException;

    /** Limits how fast contents travel, now and after restarts; what else passes between device and server is not limited. */
    void limit(Bandwidth bandwidth) throws AgentException;

    /** Returns what was moved since the agent started. */
    @Asks
    AgentStats stats() throws AgentException;

    /** Ends the agent, after this call has returned. */
    void stop() throws AgentException;
}
