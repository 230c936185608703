package io.pagewalk.internal.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import io.pagewalk.spi.FileFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

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

    /** A header to make a record with. */
    public static final class TestHeader {
        private final String key;
        private final byte[] value;

        TestHeader(String key, byte[] value) {
            this.key = key;
            this.value = value;
        }
    }

    private Records() {}

    public static RecordView record(long offset, String key, String value, TestHeader... headers) {
        return record(offset, 1_700_000_000_000L + offset, bytes(key), bytes(value), headers);
    }

    public static RecordView record(long offset, long timestamp, byte[] key, byte[] value, TestHeader... headers) {
        ReusableRecord record = new ReusableRecord()
                .begin(TOPIC, PARTITION, offset, timestamp, TimestampType.CREATE_TIME)
                .key(key)
                .value(value);
        for (TestHeader header : headers) {
            record.header(header.key.getBytes(UTF_8), header.value);
        }
        return record.view();
    }

    public static TestHeader header(String key, String value) {
        return new TestHeader(key, bytes(value));
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }

    /** Records as topics have them: gaps, nulls, duplicate headers, payloads of the given formats. */
    public static List<RecordView> random(long seed, int count, PayloadFormats payloads) {
        Random random = new Random(seed);
        List<RecordView> records = new ArrayList<>(count);
        long offset = random.nextInt(1000);
        for (int i = 0; i < count; i++) {
            offset += 1 + (random.nextInt(10) == 0 ? random.nextInt(500) : 0);
            TestHeader[] headers = new TestHeader[random.nextInt(3)];
            for (int h = 0; h < headers.length; h++) {
                headers[h] = new TestHeader("h" + random.nextInt(2), payload(random, payloads.header()));
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
        return switch (format.form()) {
            case BYTES -> {
                byte[] bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
                yield bytes;
            }
            case TEXT -> bytes(text(random));
            case TYPED -> throw new IllegalArgumentException("needs a schema");
            case JSON -> bytes("{\"id\":" + random.nextInt() + ",\"name\":\"" + text(random) + "\"}");
        };
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(40), 'a', 'z' + 30)
                .filter(Character::isLetter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    public static byte[] bytes(ByteView view) {
        return view == null ? null : view.toBytes();
    }

    public static byte[] encode(FileFormat format, List<RecordView> records) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (FileFormat.Encoder encoder = format.encoder(out)) {
            for (RecordView record : records) {
                encoder.write(record);
            }
            encoder.finish();
        }
        return out.toByteArray();
    }
}
