package io.pagewalk.internal.slice;

import io.pagewalk.error.BadRecordException;
import io.pagewalk.model.OffsetSet;
import io.pagewalk.model.Slice;
import io.pagewalk.record.RecordView;
import io.pagewalk.spi.DeadLetterSink;
import io.pagewalk.spi.DeadLetters;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;

/** Files of dead letters that are kept in memory. */
public final class MemoryDeadLetters implements DeadLetterSink {
    public static final String CHECKSUM = "crc32c:00000000";

    final Map<Slice, Found> published = new ConcurrentHashMap<>();

    BadRecords failing() {
        return new BadRecords(this, Set.of(), 1);
    }

    public BadRecords settingAside(long mostInPage) {
        return new BadRecords(this, EnumSet.allOf(BadRecordException.Part.class), mostInPage);
    }

    static Found found(long... offsets) {
        return new Found(new DeadLetters(offsets.length, 100, CHECKSUM), OffsetSet.of(offsets));
    }

    @Override
    public Optional<Found> find(Slice slice) {
        return Optional.ofNullable(published.get(slice));
    }

    @Override
    public String nameOf(Slice slice) {
        return "dead letters of " + slice;
    }

    @Override
    public Writer open(Slice slice) {
        LongStream.Builder offsets = LongStream.builder();
        return new Writer() {
            @Override
            public void write(RecordView record, BadRecordException reason) {
                offsets.add(record.offset());
            }

            @Override
            public Found commit() {
                Found mine = found(offsets.build().toArray());
                Found before = published.putIfAbsent(slice, mine);
                return before == null ? mine : before;
            }

            @Override
            public void close() {}
        };
    }
}
