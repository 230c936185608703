package io.pagewalk.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.log.InMemoryCheckpointStore;
import io.pagewalk.internal.log.InMemoryCheckpointStores;
import io.pagewalk.internal.storage.Faults;
import io.pagewalk.internal.storage.InMemoryStorage;
import io.pagewalk.model.Extent;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.spi.CheckpointStores;
import io.pagewalk.spi.SourceLog;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** What the run's own thread asks of its places is watched, too, from the first look on. */
class WaitsTest {
    private final Waits waits = new Waits();
    private final List<String> seen = new ArrayList<>();

    private void see() {
        waits.current().forEach(wait -> seen.add(wait.toString()));
    }

    @Test
    void seesEveryCallToAStorage() throws IOException {
        InMemoryStorage memory = new InMemoryStorage.Location().open("run");
        memory.inject(new Faults() {
            @Override
            public void before(Operation operation, String name) {
                if (operation != Operation.WRITE) {
                    seen.add(operation + ":");
                    see();
                }
            }
        });
        try (Storage storage = waits.watched(memory)) {
            try (Storage.PendingFile file = storage.create("a")) {
                file.stream().write(1);
                file.publish();
            }
            try (SeekableByteChannel channel = storage.open("a")) {
                assertThat(channel.read(ByteBuffer.allocate(1))).isOne();
            }
            storage.persist("a");
            assertThat(storage.list("")).hasSize(1);
            storage.delete("a");
        }

        for (int i = 0; i < seen.size(); i += 2) {
            assertThat(seen.get(i + 1)).as(seen.get(i)).startsWith("memory").endsWith(" waits for the storage");
        }
        assertThat(seen).contains("CREATE:", "OPEN:", "READ:", "PERSIST:", "LIST:", "DELETE:", "PUBLISH:");
        assertThat(waits.current()).isEmpty();
    }

    @Test
    void seesAnAppend() throws IOException {
        InMemoryCheckpointStore memory = new InMemoryCheckpointStore();
        memory.appending = sequence -> see();

        try (CheckpointStores logs = waits.watched(new InMemoryCheckpointStores(memory))) {
            logs.of(1).append(0, new byte[1]);
        }

        assertThat(seen).containsExactly("checkpoint 0 in memory waits for the storage");
        assertThat(waits.current()).isEmpty();
    }

    @Test
    void seesAValidation() {
        SourceLog asking = new SourceLog() {
            @Override
            public void validate(Extent extent) {
                see();
            }

            @Override
            public void close() {}
        };

        try (SourceLog source = waits.watched(asking)) {
            source.validate(new Extent(
                    "c", "orders", new Uuid(1, 2), IsolationLevel.READ_COMMITTED, Map.of(0, new OffsetRange(0, 1))));
        }

        assertThat(seen).containsExactly("the check of topic orders waits for the brokers");
        assertThat(waits.current()).isEmpty();
    }
}
