package org.tidebox.rules.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidebox.rules.internal.FolderGlob;
import org.tidebox.rules.internal.GlobParser;
import org.tidebox.rules.internal.PatternException;

/** Patterns accept what regular expressions of the same meaning accept. */
@Tag("D3")
class GlobTest {
    private final Random random = Seeds.random();

    @Test
    void globAcceptsWhatTheRegularExpressionDoes() throws PatternException {
        for (int i = 0; i < 20_000; i++) {
            String glob = word("ab*?", 6);
            Pattern expected = Pattern.compile(regex(glob, "."));
            String text = word("ab", 8);
            assertThat(GlobParser.parse(glob, 0).matches(text)).as("%s on %s", glob, text)
                    .isEqualTo(expected.matcher(text).matches());
        }
    }

    @Test
    void folderGlobAcceptsWhatTheRegularExpressionDoes() throws PatternException {
        for (int i = 0; i < 20_000; i++) {
            String path = path("ab", 5);
            String glob = glob();
            boolean anchored = random.nextBoolean();
            String[] names = path.split("/");
            boolean accepted = FolderGlob.parse((anchored ? "/" : "") + glob).contains(names, names.length - 1);
            boolean expected = Pattern.compile((anchored ? "" : "(?:.*/)?") + folderRegex(glob) + "/.*")
                    .matcher(path).matches();
            assertThat(accepted).as("%s%s on %s", anchored ? "/" : "", glob, path).isEqualTo(expected);
        }
    }

    @Test
    void manyStarsTakeNoLongTime() throws PatternException {
        assertThat(GlobParser.parse("*a".repeat(200) + "b", 0).matches("a".repeat(5_000))).isFalse();
    }

    private static String regex(String glob, String sign) {
        return glob.chars().mapToObj(c -> c == '*' ? sign + "*" : c == '?' ? sign : Character.toString(c))
                .collect(Collectors.joining());
    }

    /** Two stars stand for names with their slashes; at the end for one at least. */
    private static String folderRegex(String glob) {
        StringBuilder regex = new StringBuilder();
        String[] names = glob.split("/");
        for (int i = 0; i < names.length; i++) {
            boolean last = i == names.length - 1;
            if (names[i].equals("**")) {
                regex.append(last ? "[^/]+(?:/[^/]+)*" : "(?:[^/]+/)*");
            } else {
                regex.append(regex(names[i], "[^/]")).append(last ? "" : "/");
            }
        }
        return regex.toString();
    }

    private String glob() {
        StringBuilder glob = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String name = word("ab*?", 2).replace("**", "*");
            glob.append(random.nextInt(4) == 0 ? "**" : name.isEmpty() ? "a" : name).append(i > 0 ? "/" : "");
        }
        return glob.toString();
    }

    private String path(String letters, int depth) {
        StringBuilder path = new StringBuilder("x");
        for (int i = random.nextInt(depth); i > 0; i--) {
            path.insert(0, letters.charAt(random.nextInt(letters.length())) + "/");
        }
        return path.toString();
    }

    private String word(String letters, int most) {
        return random.ints(random.nextInt(most + 1), 0, letters.length()).mapToObj(i -> letters.substring(i, i + 1))
                .collect(Collectors.joining());
    }
}
