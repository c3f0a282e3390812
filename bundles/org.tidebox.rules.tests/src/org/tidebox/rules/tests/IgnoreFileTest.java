package org.tidebox.rules.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidebox.rules.IgnoreDefaults;
import org.tidebox.rules.IgnoreProvider;
import org.tidebox.rules.IgnoreScope;
import org.tidebox.rules.ignorefile.GitIgnoreProvider;

/** Ignore files mean what they mean to git. */
@Tag("D3")
class IgnoreFileTest {
    private final IgnoreProvider provider = new GitIgnoreProvider();

    @TempDir
    Path folder;

    @Test
    void defaultsNameWhatProgramsLeaveBehind() {
        IgnoreScope scope = provider.root(IgnoreDefaults.text(), "").enter("any", "").enter("folder", "");
        assertThat(List.of("~$report.docx", ".~lock.report.odt#", ".a.txt.swp", ".#a", "#a#", ".DS_Store", "Thumbs.db",
                "film.mkv.part", "film.crdownload")).allMatch(name -> scope.ignores(name, false));
        assertThat(List.of("report.docx", "a.txt", "~report", "swp", "part", "a.swp.txt", "a#", ".tidebox-ignore"))
                .noneMatch(name -> scope.ignores(name, false));
    }

    @Test
    void fileOfTheTreeBringsBackWhatDefaultsName() {
        IgnoreScope scope = provider.root(IgnoreDefaults.text(), "!*.part\n");
        assertThat(scope.ignores("a.part", false)).isFalse();
        assertThat(scope.enter("sub", "*.part\n").ignores("a.part", false)).isTrue();
        assertThat(scope.ignores(".DS_Store", false)).isTrue();
    }

    @Test
    void nothingInAnIgnoredFolderIsBroughtBack() {
        IgnoreScope scope = provider.root("", "build/\n!build/keep\n").enter("build", "!*\n");
        assertThat(scope.ignores("keep", false)).isTrue();
        assertThat(scope.enter("deep", "").ignores("any", true)).isTrue();
    }

    @Test
    void trailingSlashNamesFoldersOnly() {
        IgnoreScope scope = provider.root("", "build/\n");
        assertThat(scope.ignores("build", true)).isTrue();
        assertThat(scope.ignores("build", false)).isFalse();
    }

    @Test
    void patternWithASlashCountsFromItsFile() {
        IgnoreScope sub = provider.root("", "/a\nsub/b\n**/c/d\n").enter("sub", "/e\n");
        assertThat(sub.ignores("a", false)).isFalse();
        assertThat(sub.ignores("b", false)).isTrue();
        assertThat(sub.ignores("e", false)).isTrue();
        assertThat(sub.enter("c", "").ignores("d", false)).isTrue();
        assertThat(sub.enter("x", "").ignores("e", false)).isFalse();
    }

    @Test
    void byteOrderMarkWindowsLinesAndOtherUnicodeFormsAreUnderstood() {
        IgnoreScope scope = provider.root("", "\uFEFFa\r\nBu\u0308cher\r\n");
        assertThat(scope.ignores("a", false)).isTrue();
        assertThat(scope.ignores("B\u00fccher", false)).isTrue();
    }

    /** Each of these took longer than anybody waits where a matcher tries all ways in which the stars can fit. */
    @Test
    @Timeout(20)
    void noPatternTakesLong() {
        String name = "a".repeat(200);
        IgnoreScope scope = provider.root("", "*a".repeat(12) + "b\n" + "[ab]*".repeat(40) + "c\n"
                + "**/a*".repeat(30) + "/b\n" + "a*/**/".repeat(30) + "b\n");
        for (int depth = 0; depth < 60; depth++) {
            assertThat(scope.ignores(name, false)).isFalse();
            scope = scope.enter("a" + depth, "");
        }
    }

    @Test
    void blanksAtTheEndCountAfterABackslash() {
        IgnoreScope scope = provider.root("", "a  \nb\\ \nc\\\\ \n");
        assertThat(scope.ignores("a", false)).isTrue();
        assertThat(scope.ignores("b ", false)).isTrue();
        assertThat(scope.ignores("b", false)).isFalse();
        assertThat(scope.ignores("c\\", false)).isTrue();
    }

    /** Git itself is asked about random trees with random ignore files. */
    @Test
    void gitIgnoresTheSame() throws IOException, InterruptedException {
        Random random = Seeds.random();
        for (int round = 0; round < Integer.getInteger("tidebox.cases", 4); round++) {
            Path root = Files.createDirectory(folder.resolve("tree" + round));
            assumeTrue(run(List.of("git", "init", "-q", root.toString()), "") != null, "git is installed");
            Map<String, String> files = new TreeMap<>();
            for (String place : List.of("", "a/", "a/b/")) {
                files.put(place, random.nextInt(4) == 0 && !place.isEmpty() ? "" : patterns(random));
                Files.createDirectories(root.resolve(place));
                Files.writeString(root.resolve(place + ".gitignore"), files.get(place));
            }
            Set<String> paths = make(root, random);
            assertThat(ours(files, paths)).as("%s", files).isEqualTo(gits(root, paths));
        }
    }

    private static Set<String> gits(Path root, Set<String> paths) throws IOException, InterruptedException {
        // It sees itself which are folders; with their slashes it would take a/ for something in a.
        Map<String, String> named = paths.stream()
                .collect(Collectors.toMap(path -> path.replaceFirst("/$", ""), path -> path));
        String answer = run(List.of("git", "-C", root.toString(), "-c", "core.excludesFile=", "-c",
                "core.quotePath=false", "check-ignore", "--no-index", "--stdin"),
                String.join("\n", named.keySet()) + "\n");
        return answer.lines().map(named::get).collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> ours(Map<String, String> files, Set<String> paths) {
        return paths.stream().filter(path -> {
            IgnoreScope scope = provider.root("", files.get(""));
            String[] names = path.split("/");
            StringBuilder at = new StringBuilder();
            for (int i = 0; i < names.length - 1; i++) {
                at.append(names[i]).append('/');
                scope = scope.enter(names[i], files.getOrDefault(at.toString(), ""));
            }
            return scope.ignores(names[names.length - 1], path.endsWith("/"));
        }).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String patterns(Random random) {
        List<String> words = List.of("a", "b", "*", "a*", "?", "[ab]", "**", "x.y", "*.y", "a/b", "**/b", "a/**",
                "a/**/b",
                "\\#", "[!a]", "b*", "a**b", "**/**/b", "a/**/**", "[[:alpha:]]", "[]a]", "[a-", "[^b]*", "\\a", "a\\",
                "*a*b*", "a/*/b", "**/a/**/b", "x.[a-z]", "[z-a]", "[a\\]b]", "/", "//a", "a//b", "[[:no:]]",
                "[a/]b", "a\\/b");
        return IntStream.range(0, 1 + random.nextInt(4)).mapToObj(i -> {
            String pattern = words.get(random.nextInt(words.size()));
            return (random.nextInt(4) == 0 ? "!" : "") + (random.nextInt(4) == 0 ? "/" : "") + pattern
                    + (random.nextInt(4) == 0 ? "/" : "") + (random.nextInt(8) == 0 ? " " : "");
        }).collect(Collectors.joining("\n", random.nextBoolean() ? "# words\n\n" : "", "\n"));
    }

    /** Makes a random tree, and returns its paths; those of folders end with a slash. */
    private static Set<String> make(Path root, Random random) throws IOException {
        Set<String> paths = new TreeSet<>(Set.of("a/", "a/b/"));
        List<String> names = List.of("a", "b", "x.y", "ab", "#", "aab");
        for (int i = 0; i < 60; i++) {
            Path at = root;
            for (int depth = random.nextInt(4); depth >= 0; depth--) {
                at = at.resolve(names.get(random.nextInt(names.size())));
                boolean folder = depth > 0 || random.nextInt(3) == 0;
                if (!Files.exists(at)) {
                    at = folder ? Files.createDirectory(at) : Files.createFile(at);
                    paths.add(root.relativize(at) + (folder ? "/" : ""));
                } else if (!Files.isDirectory(at)) {
                    break;
                }
            }
        }
        return paths;
    }

    /** Returns what a program prints; {@code null} if there is none. */
    private static String run(List<String> command, String input) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            return null;
        }
        try (var out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return answer;
    }
}
