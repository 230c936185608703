package io.pagewalk.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.DataLossException;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.DataFile;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class SliceTaskTest {
    private final MemorySink sink = new MemorySink();
    private final Progress progress = new Progress();
    private final SliceTask task = new SliceTask(sink, progress, LossPolicy.FAIL);
    private final Slice slice = Pages.slice("0:100-2600");

    @Test
    void readsASliceAndPublishesItsFile() {
        DataFile file = task.run(slice, new ScriptedReaders((s, reader) -> {}).get());

        assertThat(sink.published).containsEntry(slice, file);
        assertThat(file.content().records()).isEqualTo(2500);
        assertThat(progress.records()).isEqualTo(2500);
        assertThat(progress.bytes()).isEqualTo(7 * 2500);
        assertThat(progress.offsets()).isEqualTo(2500);
        assertThat(progress.adoptedFiles()).isZero();
    }

    @Test
    void adoptsAPublishedSliceInsteadOfReadingItAgain() {
        DataFile file = Entries.fileOf(slice);
        sink.published.put(slice, file);
        ScriptedReaders readers = new ScriptedReaders((s, reader) -> {});

        assertThat(task.run(slice, readers.get())).isSameAs(file);

        assertThat(readers.begun).isEmpty();
        assertThat(progress.adoptedFiles()).isOne();
        assertThat(progress.records()).isZero();
        assertThat(progress.offsets()).isEqualTo(2500);
    }

    @Test
    void abortsTheFileOfASliceThatCannotBeRead() {
        DataLossException loss = new DataLossException(100, 200, "offsets are gone", null);
        ScriptedReaders readers = new ScriptedReaders((s, reader) -> {
            throw loss;
        });

        assertThatExceptionOfType(DataLossException.class)
                .isThrownBy(() -> task.run(slice, readers.get()))
                .isSameAs(loss);

        assertThat(sink.aborted).containsExactly(slice);
        assertThat(sink.published).isEmpty();
    }

    @Test
    void namesTheSliceThatFailed() {
        ScriptedReaders readers = new ScriptedReaders((s, reader) -> {
            throw new IOException("disk full");
        });

        assertThatExceptionOfType(ExportFailedException.class)
                .isThrownBy(() -> task.run(slice, readers.get()))
                .withMessage("orders-0 [100, 2600): disk full; its page is not committed, run again to resume");
    }

    @Test
    void weighsKeyValueAndHeaders() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("ab", "xyz".getBytes(UTF_8)).add("c", null);
        ConsumerRecord<byte[], byte[]> full = new ConsumerRecord<>(
                "t", 0, 0, 0, TimestampType.CREATE_TIME, 4, 10, new byte[4], new byte[10], headers, Optional.empty());
        ConsumerRecord<byte[], byte[]> tombstone = new ConsumerRecord<>(
                "t",
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                4,
                -1,
                new byte[4],
                null,
                new RecordHeaders(),
                Optional.empty());

        assertThat(SliceTask.sizeOf(full)).isEqualTo(4 + 10 + 2 + 3 + 1);
        assertThat(SliceTask.sizeOf(tombstone)).isEqualTo(4);
    }
}
