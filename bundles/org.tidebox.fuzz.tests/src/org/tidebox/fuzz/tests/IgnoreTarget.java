package org.tidebox.fuzz.tests;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.tidebox.rules.IgnoreScope;
import org.tidebox.rules.ignorefile.GitIgnoreProvider;

/** An ignore file, which may come from another device, and the names that it is asked about. */
final class IgnoreTarget implements Target {
    private final GitIgnoreProvider provider = new GitIgnoreProvider();

    /** Each line is turned into a regular expression. */
    @Override
    public long allocation(int length) {
        return (16 << 20) + 50_000L * length;
    }

    @Override
    public void accept(byte[] input) {
        Draw draw = new Draw(input);
        String name = text(draw.some());
        String folder = text(draw.some());
        String file = text(draw.many());
        IgnoreScope root = provider.root("*.tmp\n!keep.tmp\n", file);
        boolean ignored = root.ignores(folder, true);
        IgnoreScope below = root.enter(folder, draw.text());
        below.ignores(name, true);
        if (ignored && !below.ignores(name, false)) {
            throw new AssertionError("an entry of an ignored folder is not ignored");
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(seed("a.tmp", "target", "*.class\n/target/\n!x[a-z]?.class\n", "# mine\n**/deep/**\n\\!odd\n"),
                seed("x1.class", "src", "doc/*.txt\nfoo/**/bar\n[[:alpha:]]*\n", ""));
    }

    private static byte[] seed(String name, String folder, String file, String below) {
        byte[] first = Samples.prefixed(name.length(), Samples.utf8(name));
        byte[] second = Samples.prefixed(folder.length(), Samples.utf8(folder));
        byte[] third = Samples.prefixed(0, Samples.prefixed(file.length(), Samples.utf8(file)));
        return Samples.joined(first, second, third, Samples.utf8(below));
    }
}
