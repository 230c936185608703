package io.pagewalk.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.storage.InMemoryStorage;
import io.pagewalk.model.FileNaming;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Slice;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.plan.AskedTimes;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import io.pagewalk.spi.FileContent;
import io.pagewalk.spi.FileFormat;
import io.pagewalk.spi.PublishedFile;
import io.pagewalk.spi.Sink;
import io.pagewalk.spi.SliceReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Records outside of the asked times are counted in the file that has them, whoever has written it. */
class FileSinkTimesTest {
    private static final Slice SLICE = new Slice(new TopicPartition("orders", 0), new OffsetRange(0, 100));

    private final InMemoryStorage.Location location = new InMemoryStorage.Location();
    private final Timestamps format = new Timestamps();

    @Test
    void countsWhatItWrites() throws IOException {
        assertThat(write(new AskedTimes(10, 19), 9, 10, 15, 19, 20, 30).outside())
                .isEqualTo(3);
    }

    @Test
    void countsNothingWhereNoTimeWasAskedFor() throws IOException {
        assertThat(write(AskedTimes.ANY, Long.MIN_VALUE, 0, Long.MAX_VALUE).outside())
                .isZero();
    }

    @Test
    void countsInAFileThatAnEarlierAttemptHasWritten() throws IOException {
        PublishedFile written = write(new AskedTimes(10, 19), 9, 10, 15, 19, 20, 30);

        assertThat(find(new AskedTimes(10, 19)))
                .hasValueSatisfying(found -> assertThat(found)
                        .usingRecursiveComparison()
                        .ignoringFields("earlier")
                        .isEqualTo(written));
        assertThat(format.decoded).isOne();
    }

    @Test
    void doesNotReadAFileWhoseTimestampsLieInside() throws IOException {
        write(new AskedTimes(10, 19), 10, 19);

        assertThat(find(new AskedTimes(10, 19)).orElseThrow().outside()).isZero();
        assertThat(format.decoded).isZero();
    }

    @Test
    void countsInTheFileOfARivalThatWasFaster() throws IOException {
        AskedTimes times = new AskedTimes(10, 19);
        Sink.SliceWriter slow = sink(times).open(SLICE);
        slow.write(record(0, 10));
        write(times, 10, 5, 4);

        assertThat(slow.commit().outside()).isEqualTo(2);
    }

    private Optional<PublishedFile> find(AskedTimes times) throws IOException {
        return sink(times).find(SLICE);
    }

    private PublishedFile write(AskedTimes times, long... timestamps) throws IOException {
        try (Sink.SliceWriter writer = sink(times).open(SLICE)) {
            for (int i = 0; i < timestamps.length; i++) {
                writer.write(record(i, timestamps[i]));
            }
            return writer.commit();
        }
    }

    private FileSink sink(AskedTimes times) {
        FileNaming naming = new FileNaming(1, "0123456789ab", ".jsonl");
        return new FileSink(location.open("run-" + System.nanoTime()), format, naming, times, () -> {});
    }

    private static RecordView record(long offset, long timestamp) {
        return new ReusableRecord()
                .begin("orders", 0, offset, timestamp, TimestampType.CREATE_TIME)
                .key(new byte[0])
                .value(new byte[0])
                .view();
    }

    /** Files of offsets and timestamps. */
    private static final class Timestamps implements FileFormat {
        int decoded;

        @Override
        public String extension() {
            return ".jsonl";
        }

        @Override
        public Encoder encoder(OutputStream out) {
            DataOutputStream data = new DataOutputStream(out);
            return new Encoder() {
                @Override
                public void write(RecordView record) throws IOException {
                    data.writeLong(record.offset());
                    data.writeLong(record.timestamp());
                }

                @Override
                public void finish() throws IOException {
                    data.flush();
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public FileContent inspect(SeekableByteChannel file) throws IOException {
            long[] bounds = {Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE};
            read(file, record -> {
                bounds[0] = Math.min(bounds[0], record.offset());
                bounds[1] = Math.max(bounds[1], record.offset());
                bounds[2] = Math.min(bounds[2], record.timestamp());
                bounds[3] = Math.max(bounds[3], record.timestamp());
            });
            return new FileContent(
                    file.size() / 16, new FileContent.Bounds(bounds[0], bounds[1], bounds[2], bounds[3]));
        }

        @Override
        public void decode(SeekableByteChannel file, SliceReader.RecordHandler handler) throws IOException {
            decoded++;
            read(file, handler);
        }

        private static void read(SeekableByteChannel file, SliceReader.RecordHandler handler) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
            file.position(0);
            while (bytes.hasRemaining()) {
                assertThat(file.read(bytes)).isPositive();
            }
            bytes.flip();
            while (bytes.hasRemaining()) {
                handler.handle(record(bytes.getLong(), bytes.getLong()));
            }
        }

        @Override
        public ByteView canonical(ByteView payload, PayloadFormat payloadFormat) {
            return payload;
        }
    }
}
