package io.pagewalk.internal.iceberg;

import io.pagewalk.table.RowShape;
import java.time.LocalDate;
import java.util.Map;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.jspecify.annotations.Nullable;

/** How a table may be partitioned: not at all, or by the date of windows as it is. */
final class TablePartitions {
    private TablePartitions() {}

    /** Whether files of an export can be told to a table by that one. */
    static boolean fits(PartitionSpec spec, Schema schema, boolean dated) {
        if (!dated) {
            return spec.isUnpartitioned();
        }
        if (spec.fields().size() != 1) {
            return false;
        }
        PartitionField field = spec.fields().get(0);
        return field.transform().isIdentity() && RowShape.DATE_COLUMN.equals(schema.findColumnName(field.sourceId()));
    }

    /** The one that files are added by: the table's own, or one that it had; null if there is none. */
    static @Nullable PartitionSpec find(
            PartitionSpec own, Map<Integer, PartitionSpec> all, Schema schema, boolean dated) {
        if (fits(own, schema, dated)) {
            return own;
        }
        return all.values().stream()
                .filter(spec -> fits(spec, schema, dated))
                .findFirst()
                .orElse(null);
    }

    /** As a path of that partition is written. */
    static String path(PartitionSpec spec, LocalDate date) {
        return spec.fields().get(0).name() + "=" + date;
    }
}
