package org.tidebox.rules.ignorefile;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.tidebox.rules.IgnoreScope;

/**
 * One ignore file and where it counts from; what it says nothing about, the files above decide.
 *
 * @param above the files above; {@code null} at the top
 * @param node this one's patterns
 * @param prefix the way from the folder of this file to the one that is looked at; ends with a slash, empty if it is the
 *            same
 * @param whole whether the folder that is looked at is ignored, and all in it
 */
record GitIgnoreScope(GitIgnoreScope above, IgnoreNode node, String prefix, boolean whole) implements IgnoreScope {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    static GitIgnoreScope of(String file) {
        return new GitIgnoreScope(null, parse(file), "", false);
    }

    /** Adds the file of the folder that is looked at. */
    GitIgnoreScope with(String file) {
        IgnoreNode own = file.isEmpty() ? null : parse(file);
        return own == null || own.getRules().isEmpty() ? this : new GitIgnoreScope(this, own, "", whole);
    }

    private static IgnoreNode parse(String file) {
        String text = file.startsWith(BYTE_ORDER_MARK) ? file.substring(1) : file;
        IgnoreNode node = new IgnoreNode();
        try {
            node.parse(new ByteArrayInputStream(
                    Normalizer.normalize(text, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail to be read", e);
        }
        return node;
    }

    @Override
    public boolean ignores(String name, boolean folder) {
        if (whole) {
            return true;
        }
        for (GitIgnoreScope scope = this; scope != null; scope = scope.above) {
            Boolean ignored = scope.node.checkIgnored(scope.prefix + name, folder);
            if (ignored != null) {
                return ignored;
            }
        }
        return false;
    }

    @Override
    public IgnoreScope enter(String name, String file) {
        return inside(name, ignores(name, true)).with(file);
    }

    private GitIgnoreScope inside(String name, boolean ignored) {
        return new GitIgnoreScope(above == null ? null : above.inside(name, ignored), node, prefix + name + "/",
                ignored);
    }
}
