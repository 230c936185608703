package io.pagewalk.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.execution.AuditFormats;
import io.pagewalk.execution.AuditWork;
import io.pagewalk.execution.FileOutcome;
import io.pagewalk.execution.FileWork;
import io.pagewalk.internal.file.FileChecksum;
import io.pagewalk.internal.storage.ByteArrayChannel;
import io.pagewalk.internal.storage.Faults;
import io.pagewalk.internal.storage.InMemoryStorage;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Slice;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.plan.AskedTimes;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.FileContent;
import io.pagewalk.spi.PublishedFile;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FileAuditTest {
    private static final String NAME = "orders-0-00000000000000000000.jsonl";
    private static final byte[] BYTES = {1, 2, 3};

    private final InMemoryStorage storage = new InMemoryStorage.Location().open("run");
    private final Format format = new Format();
    private final FileAudit audit = new FileAudit(
            storage,
            new AuditWork(
                    storage.location(),
                    new AuditWork.Pinned(
                            Map.of(),
                            new PayloadFormats(PayloadFormat.BYTES, PayloadFormat.BYTES, PayloadFormat.BYTES),
                            AskedTimes.ANY,
                            null)),
            pinned -> new AuditFormats(format, pinned.formats()));
    private FileWork work;

    @BeforeEach
    void publish() throws IOException {
        try (Storage.PendingFile pending = storage.create(NAME)) {
            pending.stream().write(BYTES);
            pending.publish();
        }
        Slice slice = new Slice(new TopicPartition("orders", 0), new OffsetRange(0, 3));
        String checksum = FileChecksum.of(new ByteArrayChannel(BYTES));
        DataFile file = DataFile.of(
                slice, new PublishedFile(NAME, new FileContent(0, null), BYTES.length, checksum, 0, false), 0, null);
        work = new FileWork(file, false, Set.of());
    }

    @Test
    void findsWhatAFormatCannotRead() {
        assertThat(audit.check(work)).isEqualTo(new FileOutcome(null, null));
        format.damage = new IOException("no footer");

        assertThat(audit.check(work)).isEqualTo(new FileOutcome("no footer", null));
    }

    @Test
    void doesNotTakeAStorageThatFailsForADamagedFile() {
        format.before = () -> storage.inject(new Faults() {
            @Override
            public void before(Operation operation, String name) throws IOException {
                if (operation == Operation.READ) {
                    throw new IOException("connection reset");
                }
            }
        });

        assertThatExceptionOfType(ExportFailedException.class)
                .isThrownBy(() -> audit.check(work))
                .withMessageContaining(NAME + ": connection reset");
    }

    private static final class Format extends PlainFormat {
        @Nullable
        IOException damage;

        Runnable before = () -> {};

        @Override
        public FileContent inspect(SeekableByteChannel channel) throws IOException {
            before.run();
            channel.position(0);
            channel.read(ByteBuffer.allocate(1));
            if (damage != null) {
                throw damage;
            }
            return new FileContent(0, null);
        }
    }
}
