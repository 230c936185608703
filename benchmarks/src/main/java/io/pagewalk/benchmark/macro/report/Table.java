package io.pagewalk.benchmark.macro.report;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown, its columns aligned also as plain text. The first column is text, the others are figures. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table(List<String> header) {
        rows.add(List.copyOf(header));
    }

    /** Adds a row of as many cells as the header has. */
    void add(List<String> cells) {
        if (cells.size() != rows.get(0).size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + rows.get(0));
        }
        rows.add(List.copyOf(cells));
    }

    @Override
    public String toString() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], Math.max(3, row.get(i).length()));
            }
        }
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            text.append('|');
            for (int i = 0; i < columns; i++) {
                text.append(' ')
                        .append(padded(rows.get(r).get(i), widths[i], i > 0))
                        .append(" |");
            }
            text.append('\n');
            if (r == 0) {
                text.append("| ").append("-".repeat(widths[0])).append(" |");
                for (int i = 1; i < columns; i++) {
                    text.append(' ').append("-".repeat(widths[i] - 1)).append(": |");
                }
                text.append('\n');
            }
        }
        return text.toString();
    }

    private static String padded(String cell, int width, boolean right) {
        String padding = " ".repeat(width - cell.length());
        return right ? padding + cell : cell + padding;
    }
}
