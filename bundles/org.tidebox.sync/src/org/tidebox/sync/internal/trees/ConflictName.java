package org.tidebox.sync.internal.trees;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidebox.tree.NodeKind;
import org.tidebox.tree.NodeName;

/**
 * Names of conflict copies: {@code name (conflict DEVICE yyyy-MM-dd HHmmss).ext}, cut where needed to fit a file
 * system.
 */
public final class ConflictName {
    /** What the name of every copy holds. */
    static final String MARK = " (conflict ";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HHmmss");
    private static final Pattern COPY = Pattern.compile(
            "(.+) \\(conflict (.+) (\\d{4}-\\d{2}-\\d{2} \\d{6})((?: \\d+)?)\\)((?:\\.[^.]{1,15})?)", Pattern.DOTALL);
    private static final int LONGEST_EXTENSION = 16;
    private static final int LONGEST_DEVICE = 40;

    private ConflictName() {
    }

    /**
     * Makes a name.
     *
     * @param name the name that the copy had
     * @param attempt 1 for the first one, more if that is taken already
     */
    public static String of(String name, NodeKind kind, String device, Instant time, ZoneId zone, int attempt) {
        return marked(name, kind, MARK + shown(device) + " "
                + TIME.format(time.atZone(zone)) + (attempt > 1 ? " " + attempt : "") + ")");
    }

    /** Returns a name with a mark before its extension; what does not fit is cut off before the mark. */
    public static String marked(String name, NodeKind kind, String mark) {
        int dot = kind == NodeKind.FOLDER ? -1 : name.lastIndexOf('.');
        boolean hasExtension = dot > 0 && name.length() - dot <= LONGEST_EXTENSION;
        String extension = hasExtension ? name.substring(dot) : "";
        String stem = hasExtension ? name.substring(0, dot) : name;
        int room = NodeName.MAX_BYTES - bytes(mark) - bytes(extension);
        return NodeName.normalize(cut(stem, room) + mark + extension);
    }

    /**
     * What the name of a conflict copy tells.
     *
     * @param original the name that it had
     * @param device where it was made, as far as names can hold that
     * @param time when, by that device's clock, as text
     * @param attempt its number among those of the same second, with a blank before it, or empty
     */
    public record Parts(String original, String device, String time, String attempt) {
        /** Returns the name of a copy that is to be kept for good. */
        public String kept(NodeKind kind) {
            return marked(original, kind, " (" + device + " " + time + attempt + ")");
        }
    }

    /** Reads the name of a conflict copy; empty for any other name. */
    public static Optional<Parts> parse(String name) {
        Matcher match = COPY.matcher(name);
        return match.matches()
                ? Optional.of(new Parts(match.group(1) + match.group(5), match.group(2), match.group(3),
                        match.group(4)))
                : Optional.empty();
    }

    /** Returns a device's name as it stands in the names of its conflict copies. */
    public static String shown(String device) {
        return cut(clean(device), LONGEST_DEVICE);
    }

    private static String clean(String device) {
        return NodeName.normalize(device).replaceAll("[/\\\\:*?\"<>|\\p{Cntrl}]", "-");
    }

    private static String cut(String text, int most) {
        String kept = text;
        while (bytes(kept) > most) {
            kept = kept.substring(0, kept.offsetByCodePoints(kept.length(), -1));
        }
        return kept;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
