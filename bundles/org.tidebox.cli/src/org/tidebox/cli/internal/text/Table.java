package org.tidebox.cli.internal.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tidebox.tree.VisibleText;

/** Rows of text under headings, each column as wide as it must be. */
public final class Table {
    private static final String GAP = "  ";

    private final boolean[] right;
    private final List<String[]> rows = new ArrayList<>();

    /** Makes a table; a heading that begins with {@code >} stands over a column of numbers, which is set flush right. */
    public Table(String... headings) {
        right = new boolean[headings.length];
        String[] first = new String[headings.length];
        for (int i = 0; i < headings.length; i++) {
            right[i] = headings[i].startsWith(">");
            first[i] = right[i] ? headings[i].substring(1) : headings[i];
        }
        rows.add(first);
    }

    /** Adds a row with one text per heading. */
    public Table row(String... cells) {
        if (cells.length != right.length) {
            throw new IllegalArgumentException("a row needs " + right.length + " cells, got " + Arrays.toString(cells));
        }
        rows.add(cells);
        return this;
    }

    /** Returns the lines, without blanks at their ends. */
    public List<String> lines() {
        int[] widths = new int[right.length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], width(row[i]));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(String[] row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            String blanks = " ".repeat(widths[i] - width(row[i]));
            line.append(i == 0 ? "" : GAP).append(right[i] ? blanks + row[i] : row[i] + blanks);
        }
        return line.toString().stripTrailing();
    }

    /** As it is printed. */
    private static int width(String text) {
        String shown = VisibleText.of(text);
        return shown.codePointCount(0, shown.length());
    }
}
