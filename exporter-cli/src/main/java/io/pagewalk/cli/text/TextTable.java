package io.pagewalk.cli.text;

import java.util.ArrayList;
import java.util.List;

/** Rows under headings, in columns that are aligned to the right, but for the last, or to the left. */
public final class TextTable {
    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();
    private final boolean left;

    public TextTable(String... headings) {
        this(false, headings);
    }

    private TextTable(boolean left, String[] headings) {
        this.left = left;
        rows.add(headings);
    }

    /** One of texts. */
    public static TextTable alignedLeft(String... headings) {
        return new TextTable(true, headings);
    }

    /** Adds a row with as many cells as there are headings. */
    public void add(String... cells) {
        rows.add(cells);
    }

    public List<String> lines() {
        int columns = rows.get(0).length;
        int[] widths = new int[columns];
        for (String[] row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(String[] row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length - 1; i++) {
            String filling = " ".repeat(widths[i] - row[i].length());
            line.append(left ? row[i] + filling : filling + row[i]).append(GAP);
        }
        return line.append(row[row.length - 1]).toString().stripTrailing();
    }
}
