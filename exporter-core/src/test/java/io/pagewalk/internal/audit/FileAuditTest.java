package io.pagewalk.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.audit.Finding;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.internal.file.FileChecksum;
import io.pagewalk.internal.storage.ByteArrayChannel;
import io.pagewalk.internal.storage.Faults;
import io.pagewalk.internal.storage.InMemoryStorage;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.FileContent;
import io.pagewalk.spi.PublishedFile;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FileAuditTest {
    private static final String NAME = "orders-0-00000000000000000000.jsonl";
    private static final byte[] BYTES = {1, 2, 3};

    private final InMemoryStorage storage = new InMemoryStorage.Location().open("run");
    private final List<Finding> findings = new ArrayList<>();
    private final FileAudit audit = new FileAudit(storage, findings::add);
    private final Format format = new Format();
    private DataFile file;

    @BeforeEach
    void publish() throws IOException {
        try (Storage.PendingFile pending = storage.create(NAME)) {
            pending.stream().write(BYTES);
            pending.publish();
        }
        Slice slice = new Slice(new TopicPartition("orders", 0), new OffsetRange(0, 3));
        String checksum = FileChecksum.of(new ByteArrayChannel(BYTES));
        file = DataFile.of(
                slice, new PublishedFile(NAME, new FileContent(0, null), BYTES.length, checksum, 0, false), 0, null);
    }

    @Test
    void findsWhatAFormatCannotRead() {
        assertThat(audit.check(file, 1, 3L, format)).isTrue();
        format.damage = new IOException("no footer");

        assertThat(audit.check(file, 1, 3L, format)).isFalse();

        assertThat(findings).singleElement().asString().contains(NAME, "no footer", "checkpoint 1");
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
                .isThrownBy(() -> audit.check(file, 1, 3L, format))
                .withMessageContaining(NAME + ": connection reset");
        assertThat(findings).isEmpty();
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
