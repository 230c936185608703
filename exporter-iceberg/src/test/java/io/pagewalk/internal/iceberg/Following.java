package io.pagewalk.internal.iceberg;

import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.table.FollowedSeries;
import io.pagewalk.table.FollowedTable;
import io.pagewalk.table.PreparedTable;
import io.pagewalk.table.TableChange;
import io.pagewalk.table.TableFile;
import io.pagewalk.table.TablePosition;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** A series whose entry n has two files, of a hundred records each: what a log would list. */
final class Following {
    static final int RECORDS = 100;

    private Following() {}

    static FollowedSeries series(PreparedTable table, DirectoryLocation output, boolean dated) {
        return new FollowedSeries(
                table.name(), table.uuid(), "sha256:0123456789abcdef0123", "export-1", "orders", output, dated);
    }

    static TablePosition at(long sequence) {
        return sequence == 0 ? TablePosition.NOTHING : new TablePosition(1, 1, sequence);
    }

    /** The change that brings a table from one entry to another one. */
    static TableChange change(long before, long after) {
        return change(at(before), at(after), null);
    }

    static TableChange change(TablePosition before, TablePosition after, LocalDate date) {
        List<TableFile> files = new ArrayList<>();
        TreeMap<Integer, OffsetRange> offsets = new TreeMap<>();
        for (long entry = before.sequence() + 1; entry <= after.sequence(); entry++) {
            files.addAll(files(entry, date));
        }
        offsets.put(0, new OffsetRange(before.sequence() * RECORDS, after.sequence() * RECORDS));
        offsets.put(1, new OffsetRange(before.sequence() * RECORDS, after.sequence() * RECORDS));
        return new TableChange(before, after, files, after.sequence() - before.sequence(), offsets);
    }

    static List<TableFile> files(long entry, LocalDate date) {
        return List.of(file(entry, 0, date), file(entry, 1, date));
    }

    static TableFile file(long entry, int partition, LocalDate date) {
        long first = (entry - 1) * RECORDS;
        String name = String.format(
                Locale.ROOT, "orders-%d-%020d-%020d-1-0123456789ab.parquet", partition, first, first + RECORDS);
        return new TableFile(
                date == null ? name : "dt=" + date + "/" + name,
                4000 + entry,
                RECORDS,
                partition,
                first,
                first + RECORDS - 1,
                timestamp(first),
                timestamp(first + RECORDS - 1),
                date);
    }

    /** In milliseconds. */
    static long timestamp(long offset) {
        return 1_790_000_000_000L + 10 * offset;
    }

    /** The names of all files up to an entry, sorted. */
    static List<String> names(long last) {
        List<String> names = new ArrayList<>();
        for (long entry = 1; entry <= last; entry++) {
            files(entry, null).forEach(file -> names.add(file.name()));
        }
        names.sort(null);
        return names;
    }

    /** What readers see of the series, each file as often as it is there. */
    static List<String> seen(FollowedTable table) {
        List<String> names = new ArrayList<>();
        table.files(names::add);
        names.sort(null);
        return names;
    }
}
