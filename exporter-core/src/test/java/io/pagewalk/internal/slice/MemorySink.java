package io.pagewalk.internal.slice;

import io.pagewalk.error.BadRecordException;
import io.pagewalk.model.Slice;
import io.pagewalk.record.RecordView;
import io.pagewalk.spi.FileContent;
import io.pagewalk.spi.PublishedFile;
import io.pagewalk.spi.Sink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Keeps the figures of files, and what became of writers. */
final class MemorySink implements Sink {
    final Map<Slice, PublishedFile> published = new ConcurrentHashMap<>();
    /** The offsets that were written, by the slice of their file, in order. */
    final Map<Slice, List<Long>> written = new ConcurrentHashMap<>();

    final Set<Slice> aborted = ConcurrentHashMap.newKeySet();

    /** The offsets of records that do not fit. */
    volatile LongPredicate unfit = offset -> false;

    /** Fails every commit. */
    volatile @Nullable IOException failing;

    @Override
    public Optional<PublishedFile> find(Slice slice) {
        return Optional.ofNullable(published.get(slice));
    }

    @Override
    public SliceWriter open(Slice slice) {
        return new Writer(slice);
    }

    private final class Writer implements SliceWriter {
        private final Slice slice;
        private final List<Long> offsets = new ArrayList<>();
        private long records;
        private boolean committed;

        Writer(Slice slice) {
            this.slice = slice;
        }

        @Override
        public void write(RecordView record) {
            if (unfit.test(record.offset())) {
                throw new BadRecordException(
                        BadRecordException.Part.VALUE, "not JSON", "offset " + record.offset() + " does not fit");
            }
            records++;
            offsets.add(record.offset());
        }

        @Override
        public PublishedFile commit() throws IOException {
            IOException failure = failing;
            if (failure != null) {
                throw failure;
            }
            long end = slice.range().end();
            FileContent content = records == 0
                    ? FileContent.EMPTY
                    : new FileContent(
                            records, new FileContent.Bounds(slice.range().start(), end - 1, 0, 0));
            PublishedFile file = new PublishedFile(slice.toString(), content, 100, "crc32c:00000000", 0, false);
            PublishedFile before = published.putIfAbsent(slice, file);
            if (before != null) {
                committed = true;
                return new PublishedFile(before.name(), before.content(), before.bytes(), before.checksum(), 0, true);
            }
            written.put(slice, offsets);
            committed = true;
            return file;
        }

        @Override
        public void close() {
            if (!committed) {
                aborted.add(slice);
            }
        }
    }
}
