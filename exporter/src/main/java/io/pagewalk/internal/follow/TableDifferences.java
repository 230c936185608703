package io.pagewalk.internal.follow;

import io.pagewalk.table.FollowedTable;
import io.pagewalk.table.TableFile;
import io.pagewalk.table.TablePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares the files that a log lists with those that a table's readers see. It holds the names of all of them. For one thread. */
final class TableDifferences {
    private static final int MOST_NAMED = 5;

    private final LogChanges log;
    private final int[] runs;

    /** @param runs those of the log, ascending */
    TableDifferences(LogChanges log, int[] runs) {
        this.log = log;
        this.runs = runs;
    }

    /** What differs, a line each. */
    List<String> of(FollowedTable table) {
        TablePosition position = table.position();
        Map<String, Integer> seen = new HashMap<>();
        table.files(name -> seen.merge(name, 1, Integer::sum));
        List<String> missing = new ArrayList<>();
        List<String> doubled = new ArrayList<>();
        for (TableFile file : expected(position)) {
            int times = seen.getOrDefault(file.name(), 0);
            seen.remove(file.name());
            if (times == 0) {
                missing.add(file.name());
            } else if (times > 1) {
                doubled.add(file.name());
            }
        }
        List<String> differences = new ArrayList<>();
        tell(
                differences,
                missing,
                "not in the table, though it has had the page: removed, or rewritten into others by a compaction");
        tell(differences, doubled, "more than once in the table");
        tell(differences, new ArrayList<>(seen.keySet()), "in the table, and in no page that it should have");
        return differences;
    }

    private List<TableFile> expected(TablePosition position) {
        List<TableFile> files = new ArrayList<>();
        for (int run : runs) {
            if (run >= position.firstRun() && run <= position.run()) {
                files.addAll(log.filesOf(run, run == position.run() ? position.sequence() : Long.MAX_VALUE));
            }
        }
        return files;
    }

    private static void tell(List<String> differences, List<String> names, String what) {
        names.sort(String::compareTo);
        names.stream().limit(MOST_NAMED).forEach(name -> differences.add(name + " is " + what));
        if (names.size() > MOST_NAMED) {
            differences.add("and " + (names.size() - MOST_NAMED) + " more files that are " + what);
        }
    }
}
