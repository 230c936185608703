package io.pagewalk.run;

import io.pagewalk.error.DataLossException;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.Sink;
import io.pagewalk.spi.SliceReader;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** The work of one slice: adopt its file if an earlier attempt published it, else read, write and publish. */
public final class SliceTask {
    /** Progress is told in lots, to keep the threads' shared counters out of the per-record path. */
    private static final int LOT = 1024;

    private final Sink sink;
    private final Progress progress;
    private final LossPolicy losses;

    public SliceTask(Sink sink, Progress progress, LossPolicy losses) {
        this.sink = sink;
        this.progress = progress;
        this.losses = losses;
    }

    /**
     * Does the work, on the reader's thread.
     *
     * @throws io.pagewalk.error.PagewalkException naming the slice, or its file
     */
    public DataFile run(Slice slice, SliceReader reader) {
        try {
            Optional<DataFile> published = find(slice);
            if (published.isPresent()) {
                progress.adopted(slice.range().size());
                return published.get();
            }
            try (Sink.SliceWriter writer = sink.open(slice)) {
                Counter counter = new Counter(slice);
                read(slice, reader, record -> {
                    writer.write(record);
                    counter.count(record);
                });
                counter.finish();
                return commit(slice, writer);
            }
        } catch (IOException e) {
            throw new ExportFailedException(
                    slice + ": " + CheckpointLog.reason(e) + "; its page is not committed, run again to resume", e);
        }
    }

    private Optional<DataFile> find(Slice slice) throws IOException {
        Waits.Wait wait =
                progress.waits().begin(Waits.For.STORAGE, slice, slice.range().start());
        try {
            return sink.find(slice);
        } finally {
            wait.end();
        }
    }

    /** What was read before a loss stays, and what is behind it is read on; more may be lost meanwhile. */
    private void read(Slice slice, SliceReader reader, SliceReader.RecordHandler handler) throws IOException {
        OffsetRange rest = slice.range();
        while (!rest.isEmpty()) {
            try {
                reader.read(new Slice(slice.topicPartition(), rest), handler);
                return;
            } catch (DataLossException loss) {
                if (loss.end() <= rest.start()) {
                    throw loss;
                }
                met(slice, loss);
                rest = new OffsetRange(loss.end(), rest.end());
            }
        }
    }

    private void met(Slice slice, DataLossException loss) {
        Waits.Wait wait = progress.waits().begin(Waits.For.STORAGE, slice, loss.start());
        try {
            losses.met(slice, loss);
        } finally {
            wait.end();
        }
    }

    private DataFile commit(Slice slice, Sink.SliceWriter writer) throws IOException {
        long begun = System.nanoTime();
        DataFile file;
        Waits.Wait wait =
                progress.waits().begin(Waits.For.STORAGE, slice, slice.range().end());
        try {
            file = writer.commit();
        } finally {
            wait.end();
        }
        progress.threadTimes().spent(ThreadTimes.Activity.PUBLISHING, System.nanoTime() - begun);
        return file;
    }

    private final class Counter {
        private final long end;
        private long passed;
        private long records;
        private long bytes;
        private long lastOffset;

        Counter(Slice slice) {
            end = slice.range().end();
            passed = slice.range().start();
        }

        void count(ConsumerRecord<byte[], byte[]> record) {
            bytes += sizeOf(record);
            lastOffset = record.offset();
            if (++records == LOT) {
                flush(lastOffset + 1);
            }
        }

        void finish() {
            flush(end);
        }

        private void flush(long position) {
            progress.read(records, bytes, position - passed);
            passed = position;
            records = 0;
            bytes = 0;
        }
    }

    /** The uncompressed bytes of a record's key, value and headers, which is what sizes and rates count. */
    public static long sizeOf(ConsumerRecord<byte[], byte[]> record) {
        long size = Math.max(0, record.serializedKeySize()) + (long) Math.max(0, record.serializedValueSize());
        for (Header header : record.headers()) {
            byte[] value = header.value();
            size += header.key().length() + (value == null ? 0 : value.length);
        }
        return size;
    }
}
