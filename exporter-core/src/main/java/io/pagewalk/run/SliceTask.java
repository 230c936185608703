package io.pagewalk.run;

import io.pagewalk.error.DataLossException;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.PublishedFile;
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
    private final boolean compacted;

    /** @param compacted whether compaction may thin out the topic between two reads */
    public SliceTask(Sink sink, Progress progress, LossPolicy losses, boolean compacted) {
        this.sink = sink;
        this.progress = progress;
        this.losses = losses;
        this.compacted = compacted;
    }

    /**
     * Does the work, on the reader's thread.
     *
     * @throws io.pagewalk.error.PagewalkException naming the slice, or its file
     */
    public DataFile run(Slice slice, SliceReader reader) {
        try {
            Optional<PublishedFile> published = find(slice);
            if (published.isPresent()) {
                progress.adopted(slice.range().size());
                return adopted(slice, published.get(), losses.onRecord(slice.partition(), slice.range()));
            }
            try (Sink.SliceWriter writer = sink.open(slice)) {
                Counter counter = new Counter(slice);
                read(slice, reader, counter, record -> {
                    writer.write(record);
                    counter.count(record);
                });
                counter.finish();
                PublishedFile file = commit(slice, writer);
                return file.content().records() == counter.records
                        ? DataFile.of(slice, file, counter.lost)
                        : another(slice, file, counter);
            }
        } catch (IOException e) {
            throw new ExportFailedException(
                    slice + ": " + CheckpointLog.reason(e) + "; its page is not committed, run again to resume", e);
        }
    }

    /** Only what the file lacks can be told of it: lost first, and what is left are gaps. */
    private static DataFile adopted(Slice slice, PublishedFile file, long onRecord) {
        long without = slice.range().size() - file.content().records();
        return DataFile.of(slice, file, Math.min(without, onRecord));
    }

    /**
     * A file was published meanwhile that has more records than were read here, or fewer.
     *
     * @throws io.pagewalk.error.FencedException if another run has gone on with the export
     * @throws UsageException if neither compaction nor what is on record as lost can be why
     */
    private DataFile another(Slice slice, PublishedFile file, Counter counter) {
        long difference = Math.abs(file.content().records() - counter.records);
        long onRecord = losses.onRecordIfUnfenced(slice.partition(), slice.range());
        if (!compacted && difference > onRecord) {
            throw new UsageException(file.name() + " was published by another run and has "
                    + file.content().records() + " records of " + slice + ", but this run has read " + counter.records
                    + ", and no loss on record explains that; move the file away and run again");
        }
        return adopted(slice, file, onRecord);
    }

    private Optional<PublishedFile> find(Slice slice) throws IOException {
        Waits.Wait wait =
                progress.waits().begin(Waits.For.STORAGE, slice, slice.range().start());
        try {
            return sink.find(slice);
        } finally {
            wait.end();
        }
    }

    /** What was read before a loss stays, and what is behind it is read on; more may be lost meanwhile. */
    private void read(Slice slice, SliceReader reader, Counter counter, SliceReader.RecordHandler handler)
            throws IOException {
        OffsetRange rest = slice.range();
        while (!rest.isEmpty()) {
            try {
                reader.read(new Slice(slice.topicPartition(), rest), handler);
                return;
            } catch (DataLossException loss) {
                if (loss.end() <= rest.start()) {
                    throw loss;
                }
                counter.passTo(loss.start());
                met(slice, loss);
                counter.lossOnRecord = true;
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

    private PublishedFile commit(Slice slice, Sink.SliceWriter writer) throws IOException {
        long begun = System.nanoTime();
        PublishedFile file;
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

    /** Counts what is read, and what of the offsets passed without a record is on record as lost. */
    private final class Counter {
        private final int partition;
        private final long end;
        private boolean lossOnRecord;
        private long records;
        private long lost;
        /** Where the next record would be if there is no gap. */
        private long next;

        private long told;
        private long toldRecords;
        private long bytes;

        Counter(Slice slice) {
            partition = slice.partition();
            end = slice.range().end();
            next = slice.range().start();
            told = next;
            lossOnRecord = losses.onRecord(partition, slice.range()) > 0;
        }

        void count(ConsumerRecord<byte[], byte[]> record) {
            bytes += sizeOf(record);
            if (record.offset() != next) {
                passTo(record.offset());
            }
            next = record.offset() + 1;
            if (++records - toldRecords == LOT) {
                tell();
            }
        }

        /** Passes offsets that have no record. */
        void passTo(long offset) {
            if (lossOnRecord && next < offset) {
                lost += losses.onRecord(partition, new OffsetRange(next, offset));
            }
            next = Math.max(next, offset);
        }

        void finish() {
            passTo(end);
            tell();
        }

        private void tell() {
            progress.read(records - toldRecords, bytes, next - told);
            told = next;
            toldRecords = records;
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
