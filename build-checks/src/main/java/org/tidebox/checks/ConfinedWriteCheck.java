package org.tidebox.checks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * No class but one changes the disk below a root: this holds for the bundle that has it, and for each one that imports
 * it.
 */
public final class ConfinedWriteCheck implements Check {
    static final String ROOT = "a folder on the way may become a link to elsewhere at any time, so what is changed below a"
            + " root goes through ConfinedRoot, which never leaves it";
    static final String OPTIONS = "whether a channel can write must be seen where it is opened: name READ there; writing"
            + " goes through ConfinedRoot, which never leaves its root";
    static final String FILE = "java.io.File and its streams follow links wherever they lead; use java.nio.file to read,"
            + " and ConfinedRoot to write";

    private static final String PACKAGE = "org.tidebox.sync.confined";
    private static final String OWNER = "org.tidebox.sync";
    private static final Path EXEMPT = Path
            .of("bundles/org.tidebox.sync/src/org/tidebox/sync/confined/ConfinedRoot.java");
    private static final Pattern EXTENDED = Pattern.compile("\\bUserDefinedFileAttributeView\\s+(\\w+)");
    private static final Pattern OPEN = Pattern
            .compile("\\b(?:Files\\s*\\.\\s*newByteChannel|(?:Asynchronous)?FileChannel\\s*\\.\\s*open)\\b[^;]*");
    private static final Pattern READS = Pattern.compile("\\bREAD\\b");
    private static final Pattern WRITES = Pattern
            .compile("\\b(?:WRITE|APPEND|CREATE|CREATE_NEW|TRUNCATE_EXISTING|DELETE_ON_CLOSE)\\b");
    private static final Map<Pattern, String> BANNED = banned();

    @Override
    public List<Violation> run(SourceTree tree) throws IOException {
        List<Violation> violations = new ArrayList<>();
        for (Bundle bundle : tree.bundles()) {
            if (!bundle.isTests() && isConfined(bundle)) {
                for (JavaSource source : bundle.sources()) {
                    if (!source.file().equals(EXEMPT)) {
                        check(source, violations);
                    }
                }
            }
        }
        return violations;
    }

    private static boolean isConfined(Bundle bundle) throws IOException {
        return bundle.name().equals(OWNER)
                || bundle.header("Import-Package").stream().anyMatch(clause -> clause.name().equals(PACKAGE));
    }

    private static void check(JavaSource source, List<Violation> violations) {
        BANNED.forEach((pattern, why) -> find(source, pattern, why, violations));
        Matcher views = EXTENDED.matcher(source.code());
        while (views.find()) {
            find(source, Pattern.compile("\\b" + views.group(1) + "\\s*\\.\\s*(?:write|delete)\\b"), ROOT, violations);
        }
        Matcher opened = OPEN.matcher(source.code());
        while (opened.find()) {
            if (!READS.matcher(opened.group()).find() || WRITES.matcher(opened.group()).find()) {
                violations.add(new Violation(source.file(), source.lineAt(opened.start()), "opens a channel", OPTIONS));
            }
        }
    }

    private static void find(JavaSource source, Pattern pattern, String why, List<Violation> violations) {
        Matcher matcher = pattern.matcher(source.code());
        while (matcher.find()) {
            String found = matcher.group().replaceAll("\\s+", "");
            violations.add(new Violation(source.file(), source.lineAt(matcher.start()), "uses " + found, why));
        }
    }

    private static Map<Pattern, String> banned() {
        Map<Pattern, String> banned = new LinkedHashMap<>();
        banned.put(Pattern.compile("\\bFiles\\s*(?:\\.|::)\\s*(?:write|writeString|move|copy|delete|deleteIfExists"
                + "|create\\w+|newOutputStream|newBufferedWriter|set\\w+)\\b"), ROOT);
        banned.put(Pattern.compile("\\bimport\\s+static\\s+java\\.nio\\.file\\.Files\\b"), ROOT);
        banned.put(Pattern.compile("\\b(?:Basic|Posix|Dos|Acl)FileAttributeView\\b|\\bFileOwnerAttributeView\\b"),
                ROOT);
        banned.put(
                Pattern.compile(
                        "\\bprovider\\s*\\(\\s*\\)\\s*\\.\\s*(?:create|delete|move|copy|set|newOutputStream)\\w*"),
                ROOT);
        banned.put(Pattern.compile(
                "\\bnew\\s+(?:java\\.io\\.)?(?:File|RandomAccessFile|FileOutputStream|FileWriter|PrintWriter)\\b"),
                FILE);
        banned.put(Pattern.compile("\\.\\s*toFile\\s*\\("), FILE);
        return banned;
    }
}
