package io.pagewalk.it.typed;

import io.pagewalk.internal.schema.registry.StandInRegistry;
import io.pagewalk.it.fixture.AvroPayloads;
import io.pagewalk.it.fixture.Records;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Orders of three versions, in turns: a field is renamed, one has a default, numbers are widened, a field is dropped, and one is added. What
 * sums over all columns have to be is known.
 */
public final class EvolvingOrders {
    private static final Schema FIRST = AvroPayloads.schema("""
            {"type":"record","name":"Order","fields":[
              {"name":"id","type":"long"},{"name":"name","type":"string"},{"name":"quantity","type":"int"},
              {"name":"price","type":"float"},{"name":"coupon","type":["null","string"]}]}""");
    private static final Schema SECOND = AvroPayloads.schema("""
            {"type":"record","name":"Order","fields":[
              {"name":"id","type":"long"},{"name":"title","type":"string","aliases":["name"]},
              {"name":"quantity","type":"long"},{"name":"price","type":["null","double"],"default":null},
              {"name":"region","type":"string","default":"none"}]}""");
    private static final Schema THIRD = AvroPayloads.schema("""
            {"type":"record","name":"Order","fields":[
              {"name":"id","type":"long"},{"name":"title","type":"string"},
              {"name":"quantity","type":"long"},{"name":"price","type":["null","double"],"default":null},
              {"name":"region","type":"string","default":"none"},
              {"name":"bonus","type":["null","long"],"default":null}]}""");
    private static final int PARTITIONS = 4;
    private static final List<String> SUMS = List.of(
            "count(*)",
            "sum(value.id)",
            "sum(length(value.title))",
            "sum(value.quantity)",
            "sum(CAST(value.price AS DECIMAL(20,3)))",
            "count(value.price)",
            "count(value.coupon)",
            "sum(length(value.coupon))",
            "sum(CASE WHEN value.region = 'none' THEN 1 ELSE 0 END)",
            "sum(length(value.region))",
            "sum(value.bonus)",
            "count(value.bonus)",
            "sum(CASE WHEN valueSchemaId = '1' THEN 1 ELSE 0 END)",
            "sum(CASE WHEN valueSchemaId = '3' THEN 1 ELSE 0 END)");

    private final BigDecimal[] sums = new BigDecimal[SUMS.size()];
    private final int count;

    /** So many of them. */
    public EvolvingOrders(int count) {
        this.count = count;
        Arrays.fill(sums, BigDecimal.ZERO);
    }

    /** What a registry knows when the export begins. */
    public static void register(StandInRegistry registry, String topic) {
        for (Schema schema : List.of(FIRST, SECOND, THIRD)) {
            registry.register(topic + "-value", "AVRO", schema.toString());
        }
    }

    /** Sends them to the four partitions of a topic. */
    public void produce(String topic) {
        try (Records records = Records.into(topic)) {
            for (int i = 0; i < count; i++) {
                // Versions overlap, as producers are not all updated at the same time.
                int version = 1 + Math.min(2, (int) ((i + (long) (i * 31 % 7) * count / 30) * 3 / count));
                records.forget(i % PARTITIONS, null, order(i, version));
            }
            records.flush();
        }
    }

    private byte[] order(int i, int version) {
        long id = i * 1_000_003L;
        String title = "order " + i % 1013;
        int quantity = i % 97 - 5;
        boolean isPriced = version == 1 || i % 11 != 0;
        // Eighths are exact in all kinds of numbers.
        double price = i % 4001 / 8.0;
        String coupon = version == 1 && i % 3 == 0 ? "coupon" + i % 17 : null;
        String region = version == 1 ? "none" : i % 5 == 0 ? "none" : "region " + i % 29;
        Long bonus = version == 3 && i % 2 == 0 ? (Long) (i * 7L) : null;
        add(0, 1);
        add(1, id);
        add(2, title.length());
        add(3, quantity);
        add(4, isPriced ? price : 0);
        add(5, isPriced ? 1 : 0);
        add(6, coupon == null ? 0 : 1);
        add(7, coupon == null ? 0 : coupon.length());
        add(8, region.equals("none") ? 1 : 0);
        add(9, region.length());
        add(10, bonus == null ? 0 : bonus);
        add(11, bonus == null ? 0 : 1);
        add(12, version == 1 ? 1 : 0);
        add(13, version == 3 ? 1 : 0);
        Object priced = isPriced ? price : null;
        return switch (version) {
            case 1 -> framed(1, FIRST, id, title, quantity, (float) price, coupon);
            case 2 -> framed(2, SECOND, id, title, (long) quantity, priced, region);
            default -> framed(3, THIRD, id, title, (long) quantity, priced, region, bonus);
        };
    }

    private static byte[] framed(int id, Schema schema, Object... fields) {
        return AvroPayloads.framed(id, schema, AvroPayloads.record(schema, fields));
    }

    private void add(int column, double number) {
        sums[column] = sums[column].add(BigDecimal.valueOf(number));
    }

    private void add(int column, long number) {
        sums[column] = sums[column].add(BigDecimal.valueOf(number));
    }

    /** A query, in the words that DuckDB and Spark share, for a row of texts. */
    public static String query(String table) {
        List<String> texts = new ArrayList<>();
        SUMS.forEach(sum -> texts.add("CAST(CAST(" + sum + " AS DECIMAL(38,3)) AS STRING)"));
        return "SELECT " + String.join(", ", texts) + " FROM " + table;
    }

    /** What it has to answer. */
    public List<String> expected() {
        List<String> texts = new ArrayList<>();
        for (BigDecimal sum : sums) {
            texts.add(sum.setScale(3).toPlainString());
        }
        return texts;
    }
}
