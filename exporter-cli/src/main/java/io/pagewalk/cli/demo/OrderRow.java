package io.pagewalk.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.parquet.example.data.Group;
import org.jspecify.annotations.Nullable;

/** An order as a row of a Parquet file. */
final class OrderRow {
    private OrderRow() {}

    static boolean isAsProduced(Group row, int number) {
        return order(row).equals(Order.of(number));
    }

    private static Order order(Group row) {
        Group headers = row.getGroup("headers", 0);
        List<Order.Tag> tags = new ArrayList<>();
        for (int i = 0; i < headers.getFieldRepetitionCount("list"); i++) {
            Group header = headers.getGroup("list", i).getGroup("element", 0);
            tags.add(new Order.Tag(header.getString("key", 0), text(header, "value")));
        }
        return new Order(
                row.getInteger("partition", 0),
                TimeUnit.MICROSECONDS.toMillis(row.getLong("timestamp", 0)),
                String.valueOf(text(row, "key")),
                text(row, "value"),
                tags);
    }

    private static @Nullable String text(Group group, String field) {
        return group.getFieldRepetitionCount(field) == 0 ? null : group.getString(field, 0);
    }
}
