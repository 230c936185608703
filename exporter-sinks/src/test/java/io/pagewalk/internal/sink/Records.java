package io.pagewalk.internal.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.spi.FileFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Makes records for tests of file formats, and encodes them. */
public final class Records {
    public static final String TOPIC = "orders";
    public static final int PARTITION = 3;
    public static final PayloadFormats BYTES =
            new PayloadFormats(PayloadFormat.BYTES, PayloadFormat.BYTES, PayloadFormat.BYTES);
    public static final PayloadFormats STRING =
            new PayloadFormats(PayloadFormat.STRING, PayloadFormat.STRING, PayloadFormat.STRING);
    public static final PayloadFormats JSON =
            new PayloadFormats(PayloadFormat.JSON, PayloadFormat.JSON, PayloadFormat.JSON);

    private Records() {}

    public static ConsumerRecord<byte[], byte[]> record(long offset, String key, String value, Header... headers) {
        return record(offset, 1_700_000_000_000L + offset, bytes(key), bytes(value), headers);
    }

    public static ConsumerRecord<byte[], byte[]> record(
            long offset, long timestamp, byte[] key, byte[] value, Header... headers) {
        return new ConsumerRecord<>(
                TOPIC,
                PARTITION,
                offset,
                timestamp,
                TimestampType.CREATE_TIME,
                key == null ? -1 : key.length,
                value == null ? -1 : value.length,
                key,
                value,
                new RecordHeaders(headers),
                Optional.empty());
    }

    public static Header header(String key, String value) {
        return new RecordHeader(key, bytes(value));
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }

    /** Records as topics have them: gaps, nulls, duplicate headers, payloads of the given formats. */
    public static List<ConsumerRecord<byte[], byte[]>> random(long seed, int count, PayloadFormats payloads) {
        Random random = new Random(seed);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(count);
        long offset = random.nextInt(1000);
        for (int i = 0; i < count; i++) {
            offset += 1 + (random.nextInt(10) == 0 ? random.nextInt(500) : 0);
            Header[] headers = new Header[random.nextInt(3)];
            for (int h = 0; h < headers.length; h++) {
                headers[h] = new RecordHeader("h" + random.nextInt(2), payload(random, payloads.header()));
            }
            records.add(record(
                    offset,
                    1_700_000_000_000L + random.nextInt(100_000),
                    payload(random, payloads.key()),
                    payload(random, payloads.value()),
                    headers));
        }
        return records;
    }

    private static byte[] payload(Random random, PayloadFormat format) {
        if (random.nextInt(8) == 0) {
            return null;
        }
        return switch (format) {
            case BYTES -> {
                byte[] bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
                yield bytes;
            }
            case STRING -> bytes(text(random));
            case JSON -> bytes("{\"id\":" + random.nextInt() + ",\"name\":\"" + text(random) + "\"}");
        };
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(40), 'a', 'z' + 30)
                .filter(Character::isLetter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    public static byte[] encode(FileFormat format, List<ConsumerRecord<byte[], byte[]>> records) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (FileFormat.Encoder encoder = format.encoder(out)) {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                encoder.write(record);
            }
            encoder.finish();
        }
        return out.toByteArray();
    }
}
