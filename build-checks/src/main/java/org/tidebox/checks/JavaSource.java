package org.tidebox.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Java file, seen as text.
 *
 * @param file
 *            the file, relative to the root of the tree
 * @param code
 *            its text with comments and literals blanked out; line breaks are kept
 * @param text
 *            its text as it is
 */
public record JavaSource(Path file, String code, String text) {
    private static final Pattern NO_CODE = Pattern.compile(
            "\"\"\".*?(?<!\\\\)\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\\n])+'|//[^\n]*|/\\*.*?\\*/",
            Pattern.DOTALL);
    private static final Pattern PACKAGE = Pattern.compile("^\\s*(?:@.*\\s)?package\\s+([\\w.]+)\\s*;",
            Pattern.MULTILINE);
    private static final Pattern IMPORT = Pattern.compile("^\\s*import\\s+(?:static\\s+)?([\\w.]+(?:\\.\\*)?)\\s*;",
            Pattern.MULTILINE);

    /** An import statement: the name as written, and its line. */
    public record Import(String name, int line) {
        /**
         * Returns the package that the imported name is in, by the rule that packages are lower case and types are not.
         */
        public String packageName() {
            return Stream.of(name.split("\\.")).takeWhile(part -> Character.isLowerCase(part.charAt(0)))
                    .collect(Collectors.joining("."));
        }
    }

    /** Reads a file of the tree. */
    public static JavaSource read(SourceTree tree, Path file) throws IOException {
        String text = Files.readString(file);
        return new JavaSource(tree.relative(file), withoutCommentsAndLiterals(text), text);
    }

    /** Returns the package that the file declares; empty if none. */
    public String packageName() {
        Matcher matcher = PACKAGE.matcher(code);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** Returns the import statements in their order. */
    public List<Import> imports() {
        List<Import> imports = new ArrayList<>();
        Matcher matcher = IMPORT.matcher(code);
        while (matcher.find()) {
            imports.add(new Import(matcher.group(1), lineAt(matcher.start(1))));
        }
        return imports;
    }

    /** Returns the line, counted from 1, of a position in the code. */
    public int lineAt(int position) {
        return 1 + (int) code.substring(0, position).chars().filter(c -> c == '\n').count();
    }

    private static String withoutCommentsAndLiterals(String text) {
        return NO_CODE.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(match.group().replaceAll("[^\n]", " ")));
    }
}
