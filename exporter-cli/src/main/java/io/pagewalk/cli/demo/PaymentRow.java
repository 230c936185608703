package io.pagewalk.cli.demo;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.example.data.Group;

/** A payment as a row of a Parquet file, in typed columns. */
final class PaymentRow {
    /** Digits behind the point in the column: the most that a version has. */
    private static final int SCALE = 3;

    private PaymentRow() {}

    static boolean isAsProduced(Group row, int number) {
        return payment(row).equals(Payment.of(number));
    }

    private static Payment payment(Group row) {
        Group value = row.getGroup("value", 0);
        return new Payment(
                Math.toIntExact(value.getLong("id", 0)),
                row.getInteger("partition", 0),
                Instant.EPOCH.plus(value.getLong("paid", 0), ChronoUnit.MICROS),
                BigDecimal.valueOf(value.getLong("amount", 0), SCALE).setScale(2),
                value.getString("method", 0),
                items(value.getGroup("items", 0)));
    }

    private static List<Payment.Item> items(Group list) {
        List<Payment.Item> items = new ArrayList<>();
        for (int i = 0; i < list.getFieldRepetitionCount("list"); i++) {
            Group item = list.getGroup("list", i).getGroup("element", 0);
            items.add(new Payment.Item(item.getString("sku", 0), item.getInteger("count", 0)));
        }
        return List.copyOf(items);
    }
}
