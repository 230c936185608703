package io.pagewalk.it.iceberg;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What Spark is asked of a column of orders, and what it has to answer.
 *
 * @param text the column as text, in SQL
 * @param expected the same of order i
 * @param filter a condition on it, in SQL
 * @param matches whether it is true of order i
 */
public record OrderQuestion(String text, IntFunction<@Nullable String> expected, String filter, IntPredicate matches) {

    /** Of the columns that every export has. */
    public static List<OrderQuestion> ofEnvelope(LakeOrders orders) {
        int half = orders.count() / 2;
        Instant middle = orders.time(half);
        return List.of(
                of("`partition`", i -> i % 2, "`partition` = 1", i -> i % 2 == 1),
                of("`offset`", i -> i / 2, "`offset` BETWEEN 20 AND 50", i -> i / 2 >= 20 && i / 2 <= 50),
                of(
                        "unix_millis(`timestamp`)",
                        i -> orders.time(i).toEpochMilli(),
                        "`timestamp` < TIMESTAMP '" + middle + "'",
                        i -> i < half),
                of(
                        "`timestampType`",
                        i -> "CreateTime",
                        "`timestamp` >= TIMESTAMP '" + middle + "' AND `offset` < " + (half / 2 + 10),
                        i -> i >= half && i / 2 < half / 2 + 10),
                of(
                        "dt",
                        orders::date,
                        "dt = DATE '" + orders.date(half) + "'",
                        i -> orders.date(i).equals(orders.date(half))),
                of("CAST(key AS STRING)", i -> "k" + i, "key = CAST('k31' AS BINARY)", i -> i == 31),
                of(
                        "CAST(headers[0].value AS STRING)",
                        i -> i,
                        "headers[0].key = 'number' AND CAST(headers[0].value AS STRING) = '12'",
                        i -> i == 12),
                of(
                        "valueSchemaId",
                        i -> LakeOrders.isTombstone(i) ? null : String.valueOf(LakeOrders.version(i)),
                        "valueSchemaId = '2'",
                        i -> !LakeOrders.isTombstone(i) && LakeOrders.version(i) == 2));
    }

    /** Of the fields of orders, each of another type. */
    public static List<OrderQuestion> ofFields() {
        Instant at = Instant.EPOCH.plusNanos((LakeOrders.AT + 100 * 1_000_001L) * 1000);
        Instant seen = Instant.ofEpochMilli(LakeOrders.SEEN + 50 * 3_600_000L);
        Instant local = Instant.EPOCH.plusNanos((LakeOrders.LOCAL + 70 * 60_000_001L) * 1000);
        List<OrderQuestion> fields = new ArrayList<>(List.of(
                of("value.flag", i -> i % 3 == 0, "value.flag", i -> i % 3 == 0),
                of("value.count", i -> i * 7L - 100, "value.count > 500", i -> i * 7 - 100 > 500),
                of("value.big", i -> i * 1_000_000_007L, "value.big <= 30000000210", i -> i <= 30),
                of("CAST(value.ratio AS DECIMAL(20,3))", i -> eighths(i), "value.ratio >= 10.5", i -> i >= 84),
                of("CAST(value.amount AS DECIMAL(20,3))", i -> eighths(-2 * i), "value.amount < -25.25", i -> i > 101),
                of("value.title", i -> "title " + i % 17, "value.title = 'title 5'", i -> i % 17 == 5),
                of(
                        "hex(value.raw)",
                        i -> hex((byte) i, (byte) (i >> 8), (byte) 1),
                        "value.raw = X'050001'",
                        i -> i == 5),
                of(
                        "hex(value.code)",
                        i -> hex((byte) 0, (byte) (i >> 8), (byte) i, (byte) 7),
                        "value.code < X'00008007'",
                        i -> i < 128),
                of("value.kind", LakeOrders::kind, "value.kind = 'B'", i -> i % 3 == 1),
                of(
                        "value.price",
                        i -> new BigDecimal(BigInteger.valueOf(i * 3L - 50), 2).toPlainString(),
                        "value.price > 1.30",
                        i -> i * 3 - 50 > 130),
                of(
                        "value.total",
                        i -> new BigDecimal(LakeOrders.total(i), 10).toPlainString(),
                        "value.total > CAST('1000000000000.0000000000' AS DECIMAL(38,10))",
                        i -> i >= 100),
                of(
                        "value.ref",
                        i -> LakeOrders.ref(i).toString(),
                        "value.ref = '" + LakeOrders.ref(77) + "'",
                        i -> i == 77)));
        fields.addAll(List.of(
                of(
                        "value.day",
                        i -> LocalDate.ofEpochDay(LakeOrders.day(i)),
                        "value.day = DATE '" + LocalDate.ofEpochDay(20_005) + "'",
                        i -> i % 40 == 5),
                of(
                        "value.clock",
                        i -> LocalTime.ofNanoOfDay(LakeOrders.clock(i) * 1_000_000L),
                        "value.clock >= '00:02:00'",
                        i -> i >= 120),
                of(
                        "unix_micros(value.at)",
                        i -> LakeOrders.AT + i * 1_000_001L,
                        "value.at < TIMESTAMP '" + at + "'",
                        i -> i < 100),
                of(
                        "unix_micros(value.seen)",
                        i -> 1000 * (LakeOrders.SEEN + i * 3_600_000L),
                        "value.seen = TIMESTAMP '" + seen + "'",
                        i -> i == 50),
                of(
                        "unix_micros(CAST(value.local AS TIMESTAMP))",
                        i -> LakeOrders.LOCAL + i * 60_000_001L,
                        "value.local >= TIMESTAMP_NTZ '" + local.toString().replace("Z", "") + "'",
                        i -> i >= 70),
                of(
                        "array_join(value.tags, '|')",
                        i -> "t" + i % 5 + "|u",
                        "array_contains(value.tags, 't3')",
                        i -> i % 5 == 3),
                of(
                        "concat(value.sizes['s'], '/', value.sizes['m'])",
                        i -> i + "/" + 2 * i,
                        "value.sizes['m'] = 148",
                        i -> i == 74),
                of(
                        "concat(value.place.city, ' ', value.place.zip)",
                        i -> "c" + i % 7 + " " + i % 100,
                        "value.place.zip BETWEEN 10 AND 12",
                        i -> i % 100 >= 10 && i % 100 <= 12),
                of("value.note", LakeOrders::note, "value.note IS NOT NULL", i -> LakeOrders.note(i) != null),
                of(
                        "coalesce(CAST(value.choice.`int` AS STRING), value.choice.`string`)",
                        i -> i % 3 == 0 ? null : i % 3 == 1 ? i : "x" + i,
                        "value.choice.`int` > 60",
                        i -> i % 3 == 1 && i > 60)));
        return fields.stream().map(OrderQuestion::notOfTombstones).toList();
    }

    private static OrderQuestion of(
            String text, IntFunction<@Nullable Object> expected, String filter, IntPredicate matches) {
        return new OrderQuestion(
                "CAST(" + text + " AS STRING)",
                i -> {
                    Object value = expected.apply(i);
                    return value == null ? null : value.toString();
                },
                filter,
                matches);
    }

    private OrderQuestion notOfTombstones() {
        return new OrderQuestion(
                text,
                i -> LakeOrders.isTombstone(i) ? null : expected.apply(i),
                filter,
                i -> !LakeOrders.isTombstone(i) && matches.test(i));
    }

    private static String eighths(int count) {
        return BigDecimal.valueOf(count * 125L, 3).toPlainString();
    }

    private static String hex(byte... bytes) {
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }

    /** What finds all rows, each as an array of texts, ordered as orders are in partitions. */
    public static String all(List<OrderQuestion> questions, String table) {
        return "SELECT array("
                + String.join(", ", questions.stream().map(OrderQuestion::text).toList()) + ") AS r FROM " + table
                + " ORDER BY `partition`, `offset`";
    }

    /** What that has to be. */
    public static List<List<@Nullable String>> rows(List<OrderQuestion> questions, int count) {
        return IntStream.range(0, count)
                .boxed()
                .sorted((a, b) -> a % 2 != b % 2 ? a % 2 - b % 2 : a - b)
                .<List<@Nullable String>>map(i -> Arrays.asList(questions.stream()
                        .map(question -> question.expected().apply(i))
                        .toArray(String[]::new)))
                .toList();
    }

    /** What counts the rows that the filter finds, and sums their offsets. */
    public String count(String table) {
        return "SELECT array(CAST(count(*) AS STRING), CAST(sum(`offset`) AS STRING)) AS r FROM " + table + " WHERE "
                + filter;
    }

    /** What that has to be, of so many orders. */
    public List<String> counted(int count) {
        int[] found = IntStream.range(0, count).filter(matches).toArray();
        return List.of(
                Integer.toString(found.length),
                Long.toString(Arrays.stream(found).mapToLong(i -> i / 2).sum()));
    }
}
