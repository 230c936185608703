package io.pagewalk.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record of the demo's topic. It follows from its number alone, so what should be in a file can be told without any of
 * what the export has written down.
 *
 * @param timestamp milliseconds since the epoch
 * @param value null for a tombstone
 */
record Order(
        int partition, long timestamp, String key, @Nullable String value, List<Tag> tags) {
    /** Partitions of the topic, of which the last one stays empty. */
    static final int PARTITIONS = 6;

    private static final long SEED = 20_260_101;
    private static final long FIRST_TIMESTAMP =
            Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final int ONE_TOMBSTONE_IN = 40;
    private static final String[] SOURCES = {"web", "app", "shop", "partner"};
    private static final String[] STATUSES = {"placed", "paid", "sent", "returned"};

    /** A header; records may have several of one key. */
    record Tag(String key, @Nullable String value) {}

    static Order of(int number) {
        SplittableRandom random = new SplittableRandom(SEED + number);
        int partition = partition(random.nextInt(1000));
        String key = "order-" + padded(7, number);
        boolean tombstone = random.nextInt(ONE_TOMBSTONE_IN) == 0;
        return new Order(
                partition,
                FIRST_TIMESTAMP + number * 1000L,
                key,
                tombstone ? null : json(number, random),
                tags(random));
    }

    ProducerRecord<byte[], byte[]> record(String topic) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, partition, timestamp, key.getBytes(UTF_8), bytes(value));
        tags.forEach(tag -> record.headers().add(tag.key(), bytes(tag.value())));
        return record;
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }

    /** Most orders are in partition 0, next to none in partition 4, and none in partition 5. */
    private static int partition(int permille) {
        if (permille < 600) {
            return 0;
        } else if (permille < 850) {
            return 1;
        } else if (permille < 960) {
            return 2;
        }
        return permille < 998 ? 3 : 4;
    }

    private static String json(int number, SplittableRandom random) {
        int cents = random.nextInt(100, 50_000);
        return "{\"order\":" + number
                + ",\"customer\":\"c-" + padded(5, random.nextInt(20_000))
                + "\",\"status\":\"" + STATUSES[random.nextInt(STATUSES.length)]
                + "\",\"items\":" + random.nextInt(1, 9)
                + ",\"amount\":" + cents / 100 + "." + padded(2, cents % 100) + "}";
    }

    private static String padded(int digits, int number) {
        String text = Integer.toString(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    private static List<Tag> tags(SplittableRandom random) {
        List<Tag> tags = new ArrayList<>();
        tags.add(new Tag("source", SOURCES[random.nextInt(SOURCES.length)]));
        if (random.nextInt(10) == 0) {
            tags.add(new Tag("retry", "1"));
            tags.add(new Tag("retry", null));
        }
        return List.copyOf(tags);
    }
}
