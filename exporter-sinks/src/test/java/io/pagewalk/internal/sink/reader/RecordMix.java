package io.pagewalk.internal.sink.reader;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a file of the corpus holds: how many records, and how they differ. The same seed draws the same records. */
final class RecordMix {
    /** What is said of payloads. */
    enum Presence {
        MIXED,
        ALWAYS,
        NULL,
        EMPTY
    }

    /** How timestamps go on from one record to the next. */
    enum Times {
        STEADY,
        /** Back and forth over nearly all that microseconds can hold, so that differences overflow. */
        WILD,
        /** What Kafka has where there is none, and around the epoch and the years where calendars change. */
        ODD
    }

    /** Nearly what microseconds can hold: Spark's conditions need some room. */
    private static final long FARTHEST = 9_000_000_000_000_000L;

    private static final List<TimestampType> TIMESTAMP_TYPES = List.of(TimestampType.values());
    private static final long[] ODD = {-1, 0, 1, -62_135_596_800_000L, -12_219_292_800_001L, 253_402_300_799_999L};

    private final int count;
    private int topics = 1;
    private int partitions = 1;
    private int timestampTypes = 1;
    private Presence payloads = Presence.MIXED;
    private Presence headerValues = Presence.MIXED;
    private int fewestHeaders;
    private int mostHeaders = 3;
    private int headerKeys = 3;
    private int longest = 30;
    private int largeOneIn = Integer.MAX_VALUE;
    private int large;
    private long firstOffset = 1000;
    private int gapBits = 5;
    private Times times = Times.STEADY;

    RecordMix(int count) {
        this.count = count;
    }

    RecordMix places(int topics, int partitions, int timestampTypes) {
        this.topics = topics;
        this.partitions = partitions;
        this.timestampTypes = timestampTypes;
        return this;
    }

    RecordMix payloads(Presence presence, int longest) {
        this.payloads = presence;
        this.longest = longest;
        return this;
    }

    RecordMix headers(int fewest, int most, int keys, Presence values) {
        this.fewestHeaders = fewest;
        this.mostHeaders = most;
        this.headerKeys = keys;
        this.headerValues = values;
        return this;
    }

    /** About one key, value and header value in so many is this large. */
    RecordMix large(int oneIn, int bytes) {
        this.largeOneIn = oneIn;
        this.large = bytes;
        return this;
    }

    /** @param gapBits the logarithm of the widest step from one offset to the next */
    RecordMix offsets(long first, int gapBits) {
        this.firstOffset = first;
        this.gapBits = gapBits;
        return this;
    }

    RecordMix times(Times times) {
        this.times = times;
        return this;
    }

    List<RecordView> draw(PayloadFormats formats, long seed) {
        return new Drawing(formats, new Random(seed)).records();
    }

    private final class Drawing {
        private final PayloadFormats formats;
        private final Random random;
        private final Payloads draw;
        private final Runs topic;
        private final Runs partition;
        private final Runs type;
        private final Runs nullKey;
        private final Runs nullValue;
        private final Runs headers;
        private long offset = firstOffset;
        private long timestamp = 1_700_000_000_000L;

        Drawing(PayloadFormats formats, Random random) {
            this.formats = formats;
            this.random = random;
            draw = new Payloads(random, longest);
            topic = new Runs(random, topics);
            partition = new Runs(random, partitions);
            type = new Runs(random, timestampTypes);
            nullKey = new Runs(random, 2);
            nullValue = new Runs(random, 2);
            headers = new Runs(random, mostHeaders - fewestHeaders + 1);
        }

        List<RecordView> records() {
            List<RecordView> records = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                records.add(record());
            }
            return records;
        }

        private RecordView record() {
            ReusableRecord record = new ReusableRecord()
                    .begin(
                            "topic-" + topic.next(),
                            partition.next(),
                            offset,
                            timestamp(),
                            TIMESTAMP_TYPES.get(type.next()))
                    .key(payload(formats.key(), payloads, nullKey.next()))
                    .value(payload(formats.value(), payloads, nullValue.next()));
            int headerCount = fewestHeaders + headers.next();
            for (int i = 0; i < headerCount; i++) {
                int key = random.nextInt(headerKeys);
                record.header(
                        (key == 0 ? "" : "schlüssel-" + key).getBytes(UTF_8),
                        payload(formats.header(), headerValues, random.nextInt(2)));
            }
            offset += gapBits == 0 || random.nextInt(4) > 0 ? 1 : 1 + (random.nextLong() >>> (64 - gapBits));
            return record.view();
        }

        private byte[] payload(PayloadFormat format, Presence presence, int which) {
            if (presence == Presence.NULL || (presence == Presence.MIXED && which == 0)) {
                return null;
            }
            if (presence == Presence.EMPTY) {
                return Payloads.empty(format);
            }
            return random.nextInt(largeOneIn) == 0 ? draw.sized(format, large) : draw.draw(format);
        }

        private long timestamp() {
            return switch (times) {
                case STEADY -> timestamp += random.nextInt(50);
                case WILD -> random.nextBoolean() ? FARTHEST - random.nextInt(9) : -FARTHEST + random.nextInt(9);
                case ODD -> ODD[random.nextInt(ODD.length)];
            };
        }
    }
}
