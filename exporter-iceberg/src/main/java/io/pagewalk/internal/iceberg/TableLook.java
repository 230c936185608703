package io.pagewalk.internal.iceberg;

import io.pagewalk.table.FollowedSeries;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;

/** One state of a table, and what is made of it. */
final class TableLook {
    private final TableOperations operations;
    private final TableMetadata metadata;
    private final FollowedSeries series;
    private final SeriesMarks marks;
    private final IcebergFailures failures;

    TableLook(Table table, FollowedSeries series, SeriesMarks marks, IcebergFailures failures) {
        this.operations = TableLoader.operations(table);
        this.metadata = operations.current();
        this.series = series;
        this.marks = marks;
        this.failures = failures;
    }

    TableMetadata metadata() {
        return metadata;
    }

    FollowedSeries series() {
        return series;
    }

    IcebergFailures failures() {
        return failures;
    }

    /** As messages have it. */
    String name() {
        return failures.table(series.table());
    }

    SeriesFiles files() {
        return new SeriesFiles(metadata, operations.io(), series);
    }

    SeriesState state() {
        return new SeriesState(name(), marks, metadata, new Ancestry(metadata, operations.io()), files());
    }

    /** The table, for a change of this very state. */
    FrozenOperations frozen() {
        return new FrozenOperations(operations, metadata);
    }
}
