package org.tidebox.sync.conflict;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeFormatter;
import org.eclipse.jgit.merge.MergeResult;

/** Merges two texts that come from one, line by line. */
public final class TextMerge {
    private TextMerge() {
    }

    /**
     * A merged text.
     *
     * @param content the text, with markers where both sides changed the same lines
     * @param overlaps whether there are such lines
     */
    public record Merged(byte[] content, boolean overlaps) {
    }

    /** Returns whether a content is no text. */
    public static boolean isBinary(byte[] content) {
        return RawText.isBinary(content);
    }

    /**
     * Merges.
     *
     * @param names what to call the common text and both sides in markers, in this order
     */
    public static Merged merge(byte[] base, byte[] one, byte[] other, List<String> names) {
        MergeResult<RawText> result = new MergeAlgorithm().merge(RawTextComparator.DEFAULT, new RawText(base),
                new RawText(one), new RawText(other));
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try {
            new MergeFormatter().formatMerge(content, result, names, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be written", e);
        }
        return new Merged(content.toByteArray(), result.containsConflicts());
    }
}
