package org.tidebox.sync.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tidebox.rules.Action;
import org.tidebox.rules.Candidate;
import org.tidebox.rules.CandidateMode;
import org.tidebox.rules.Decision;
import org.tidebox.sync.SyncFolder;
import org.tidebox.sync.rules.FolderRules;

/** A device with rules that look at contents only, and what it may do and was allowed to do. */
public final class RuledDevice {
    public final Device device;
    public final Set<String> mayGo;
    public final Set<String> mayCome = new HashSet<>();
    public final Set<String> had = new HashSet<>();
    private CandidateMode candidates;
    private int upload;
    private int download;

    /**
     * Makes one that holds nothing yet.
     *
     * @param mayGo gets the texts that may leave it
     */
    public RuledDevice(Device device, CandidateMode candidates, Set<String> mayGo) {
        this.device = device;
        this.candidates = candidates;
        this.mayGo = mayGo;
    }

    /**
     * Sets rules; 0 hold nothing, 1 every second content, 2 all; what is told apart by its content, no path can help.
     *
     * @param isTimeless whether they say that they do not look at the time
     */
    public String rule(int newUpload, int newDownload, boolean isTimeless) {
        upload = newUpload;
        download = newDownload;
        device.rules(isTimeless
                ? new FolderRules(Deciders.timeless(this::up), Deciders.timeless(this::down), candidates, candidates)
                : new FolderRules(this::up, this::down, candidates, candidates));
        return "up " + upload + ", down " + download + (isTimeless ? ", at any time" : "");
    }

    /** Lets everything go and come. */
    public String free() {
        candidates = CandidateMode.INDEX;
        return rule(0, 0, true);
    }

    private Decision up(Candidate candidate, Instant now) {
        String text = candidate.folder() ? "" : Deciders.text(candidate);
        boolean held = upload == 2 || upload == 1 && text.hashCode() % 2 == 0;
        if (!held) {
            mayGo.add(text);
        }
        return new Decision(held ? Action.HOLD : Action.TRANSFER, 1, "");
    }

    private Decision down(Candidate candidate, Instant now) {
        boolean held = download == 2 || download == 1 && candidate.size() % 2 == 0;
        if (!held) {
            mayCome.add(candidate.size() + "@" + candidate.modified());
        }
        return new Decision(held ? Action.HOLD : Action.TRANSFER, 1, "");
    }

    /** Returns the texts on the disk, each with what was told of it while it was on the server. */
    public Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(device.path(""))) {
            for (Path path : paths.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                    && !path.startsWith(device.path(SyncFolder.MARKER_FOLDER))).toList()) {
                texts.put(Files.readString(path),
                        Files.size(path) + "@" + Files.getLastModifiedTime(path).toInstant());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }
}
