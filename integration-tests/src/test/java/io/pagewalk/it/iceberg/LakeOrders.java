package io.pagewalk.it.iceberg;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.internal.schema.registry.StandInRegistry;
import io.pagewalk.it.fixture.AvroPayloads;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Records;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/**
 * Orders of many days, up to yesterday, in a topic of two partitions. Order i is in partition i mod 2 at offset i / 2; each has a field of every type,
 * which i tells. Two versions of the schema are in turns; one order in 23 is a tombstone.
 */
public final class LakeOrders {
    static final int TOMBSTONES = 23;
    static final BigInteger TOTAL_UNIT = BigInteger.TEN.pow(20);
    static final long AT = 1_600_000_000_000_000L;
    static final long SEEN = 1_500_000_000_000L;
    static final long LOCAL = 1_700_000_000_000_000L;

    private static final Schema FIRST = AvroPayloads.schema(schema("int", ""));
    private static final Schema SECOND =
            AvroPayloads.schema(schema("long", ",{\"name\":\"note\",\"type\":[\"null\",\"string\"],\"default\":null}"));

    private final int days;
    private final int perDay;
    private final Instant first;

    /** So many of each day. */
    public LakeOrders(int days, int perDay) {
        this.days = days;
        this.perDay = perDay;
        this.first = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(days));
    }

    private static String schema(String count, String more) {
        return """
                {"type":"record","name":"Order","fields":[
                {"name":"flag","type":"boolean"},{"name":"count","type":"%s"},{"name":"big","type":"long"},
                {"name":"ratio","type":"float"},{"name":"amount","type":"double"},{"name":"title","type":"string"},
                {"name":"raw","type":"bytes"},{"name":"code","type":{"type":"fixed","name":"Code","size":4}},
                {"name":"kind","type":{"type":"enum","name":"Kind","symbols":["A","B","C"]}},
                {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
                {"name":"total","type":{"type":"bytes","logicalType":"decimal","precision":38,"scale":10}},
                {"name":"ref","type":{"type":"string","logicalType":"uuid"}},
                {"name":"day","type":{"type":"int","logicalType":"date"}},
                {"name":"clock","type":{"type":"int","logicalType":"time-millis"}},
                {"name":"at","type":{"type":"long","logicalType":"timestamp-micros"}},
                {"name":"seen","type":{"type":"long","logicalType":"timestamp-millis"}},
                {"name":"local","type":{"type":"long","logicalType":"local-timestamp-micros"}},
                {"name":"tags","type":{"type":"array","items":"string"}},
                {"name":"sizes","type":{"type":"map","values":"long"}},
                {"name":"place","type":{"type":"record","name":"Place","fields":[
                  {"name":"city","type":"string"},{"name":"zip","type":"int"}]}},
                {"name":"choice","type":["null","int","string"]}%s]}""".formatted(count, more);
    }

    public int count() {
        return days * perDay;
    }

    /** Midnight of the first day, in UTC. */
    public Instant first() {
        return first;
    }

    public Instant end() {
        return first.plus(Duration.ofDays(days));
    }

    /** Days are in order, and orders of a day spread over it. */
    Instant time(int i) {
        return first.plus(Duration.ofDays(i / perDay))
                .plus(Duration.ofDays(1).dividedBy(perDay).multipliedBy(i % perDay));
    }

    static boolean isTombstone(int i) {
        return i % TOMBSTONES == 0;
    }

    static int version(int i) {
        return 1 + i % 5 / 3;
    }

    /** What a window a day takes of them. */
    public String[] windows(StandInRegistry registry) {
        return new String[] {
            "--schema-registry",
            registry.url(),
            "--value-format",
            "avro",
            "--window",
            "day",
            "--window-delay",
            "0s",
            "--from",
            first.toString(),
            "--to",
            end().toString()
        };
    }

    /** Registers both versions, and sends all orders to a new topic; its name. */
    public String produce(StandInRegistry registry, String purpose) {
        String topic = Broker.topic(purpose, 2, Map.of());
        registry.register(topic + "-value", "AVRO", FIRST.toString());
        registry.register(topic + "-value", "AVRO", SECOND.toString());
        try (Records records = Records.into(topic)) {
            for (int i = 0; i < count(); i++) {
                records.send(
                        i % 2,
                        time(i).toEpochMilli(),
                        ("k" + i).getBytes(UTF_8),
                        value(i),
                        Records.header("number", Integer.toString(i).getBytes(UTF_8)));
            }
            records.flush();
        }
        return topic;
    }

    private static byte @Nullable [] value(int i) {
        if (isTombstone(i)) {
            return null;
        }
        Schema schema = version(i) == 1 ? FIRST : SECOND;
        GenericData.Record order = new GenericData.Record(schema);
        order.put("flag", i % 3 == 0);
        order.put("count", version(i) == 1 ? (Object) (i * 7 - 100) : (Object) (i * 7L - 100));
        order.put("big", i * 1_000_000_007L);
        order.put("ratio", i / 8f);
        order.put("amount", -i / 4.0);
        order.put("title", "title " + i % 17);
        order.put("raw", ByteBuffer.wrap(new byte[] {(byte) i, (byte) (i >> 8), 1}));
        order.put("code", new GenericData.Fixed(schema.getField("code").schema(), new byte[] {
            0, (byte) (i >> 8), (byte) i, 7
        }));
        order.put("kind", new GenericData.EnumSymbol(schema.getField("kind").schema(), kind(i)));
        order.put("price", unscaled(BigInteger.valueOf(i * 3L - 50)));
        order.put("total", unscaled(total(i)));
        order.put("ref", ref(i).toString());
        order.put("day", day(i));
        order.put("clock", clock(i));
        order.put("at", AT + i * 1_000_001L);
        order.put("seen", SEEN + i * 3_600_000L);
        order.put("local", LOCAL + i * 60_000_001L);
        order.put("tags", List.of("t" + i % 5, "u"));
        order.put("sizes", Map.of("s", (long) i, "m", 2L * i));
        order.put("place", AvroPayloads.record(schema.getField("place").schema(), "c" + i % 7, i % 100));
        order.put("choice", i % 3 == 0 ? null : i % 3 == 1 ? (Object) i : "x" + i);
        if (version(i) == 2) {
            order.put("note", note(i));
        }
        return AvroPayloads.framed(version(i), schema, order);
    }

    static String kind(int i) {
        return List.of("A", "B", "C").get(i % 3);
    }

    static BigInteger total(int i) {
        return TOTAL_UNIT.multiply(BigInteger.valueOf(i)).add(BigInteger.ONE);
    }

    static UUID ref(int i) {
        return new UUID(i, i * 31L);
    }

    static int day(int i) {
        return 20_000 + i % 40;
    }

    static int clock(int i) {
        return i * 1000 + 5;
    }

    static @Nullable String note(int i) {
        return version(i) == 1 || i % 4 == 0 ? null : "n" + i % 9;
    }

    private static ByteBuffer unscaled(BigInteger number) {
        return ByteBuffer.wrap(number.toByteArray());
    }

    /** The window that an order is in. */
    String date(int i) {
        return time(i).atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
}
