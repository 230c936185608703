package io.pagewalk.internal.schema.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.row.RowEvents;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the schema is, values are those that Avro's own reader finds, and bytes that are no value are bad and nothing else. */
class AvroRandomTest {
    private static final int SCHEMAS = 150;
    private static final int VALUES = 20;
    private static final int MUTATIONS = 60;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void valuesAreThoseOfAvrosReader(long seed) throws Exception {
        Random random = new Random(seed);
        for (int round = 0; round < SCHEMAS; round++) {
            RandomAvro avro = new RandomAvro(random);
            Schema schema = avro.schema();
            AvroTable table = AvroTable.of(schema.toString());
            for (int index = 0; index < VALUES; index++) {
                byte[] payload = AvroTable.bytes(schema, avro.value(schema));
                @Nullable
                Object read = new GenericDatumReader<@Nullable Object>(schema)
                        .read(null, DecoderFactory.get().binaryDecoder(payload, null));
                assertThat(table.read(1, payload))
                        .as("round " + round + " of " + schema)
                        .isEqualTo(RandomAvro.expected(schema, read));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4, 5})
    void damagedPayloadsAreBadAndNothingElse(long seed) throws Exception {
        Random random = new Random(seed);
        int bad = 0;
        for (int round = 0; round < SCHEMAS; round++) {
            RandomAvro avro = new RandomAvro(random);
            Schema schema = avro.schema();
            AvroTable table = AvroTable.of(schema.toString());
            AvroDecoder decoder = table.decoder(1);
            RowEvents events = new RowEvents();
            for (int index = 0; index < MUTATIONS; index++) {
                byte[] payload = damaged(AvroTable.bytes(schema, avro.value(schema)), random);
                bad += Assertions.assertTimeout(
                        Duration.ofSeconds(10), () -> isBad(decoder, payload, events) ? 1 : 0, "round " + round);
                assertThat(events.count()).isLessThan(3_000_000);
            }
        }
        assertThat(bad).isGreaterThan(SCHEMAS);
    }

    private static boolean isBad(AvroDecoder decoder, byte[] payload, RowEvents events) {
        try {
            decoder.decode(payload, 0, payload.length, events);
            return false;
        } catch (BadPayloadException e) {
            assertThat(e.reason()).isNotEmpty();
            return true;
        }
    }

    private static byte[] damaged(byte[] payload, Random random) {
        if (payload.length == 0) {
            return new byte[] {1};
        }
        byte[] damaged = payload.clone();
        switch (random.nextInt(4)) {
            case 0 -> damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
            case 1 -> damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            case 2 -> {
                int at = random.nextInt(damaged.length);
                byte[] longer = Arrays.copyOf(damaged, damaged.length + 9);
                System.arraycopy(damaged, at, longer, at + 9, damaged.length - at);
                Arrays.fill(longer, at, at + 8, (byte) 0xFF);
                longer[at + 8] = (byte) random.nextInt(0x80);
                damaged = longer;
            }
            default -> {
                for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
                    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
        }
        return damaged;
    }
}
