package io.pagewalk.it.hdfs;

import io.pagewalk.it.fixture.HdfsStore;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.RemoteStore;
import io.pagewalk.it.remote.DeletedRunTest;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** On HDFS a run whose lease has run out is held for dead. */
@LongTest
class HdfsDeletedRunIT extends DeletedRunTest {
    private final HdfsStore store = new HdfsStore();

    /** Leases take their time. */
    static Stream<Arguments> cases() {
        return pairs(When.WHILE_IT_READS);
    }

    @Override
    protected RemoteStore store() {
        return store;
    }

    /** What is held back holds back the rest of the connection, so the page's entry must be through. */
    @Override
    protected Predicate<String> behindFirstPage(String topic) {
        AtomicBoolean committed = new AtomicBoolean();
        return name -> {
            committed.compareAndSet(false, entry(topic, 1).test(name));
            return committed.get() && super.behindFirstPage(topic).test(name);
        };
    }

    @Override
    protected void ruinLog(String place, String topic) throws IOException {
        for (String name : store.files(place)) {
            if (name.matches("_pagewalk/.*/[0-9]{20}\\.json")) {
                store.remove(place, name);
            }
        }
    }
}
