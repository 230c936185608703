package io.pagewalk.it.s3;

import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.RemoteStore;
import io.pagewalk.it.fixture.S3Store;
import io.pagewalk.it.remote.DeletedRunTest;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The brokers know who may append, but not who publishes data files. */
@LongTest
class DeletedRunWithKafkaLogIT extends DeletedRunTest {
    private final S3Store store = new S3Store();

    /** Entry 0 does not go to the store. */
    static Stream<Arguments> cases() {
        return pairs(When.BEFORE_THE_CLAIM, When.WHILE_IT_READS);
    }

    @Override
    protected RemoteStore store() {
        return store;
    }

    @Override
    protected List<String> logArguments(String topic) {
        return List.of("--checkpoints", "kafka:" + log(topic));
    }

    private static String log(String topic) {
        return "checkpoints-of-" + topic;
    }

    /** Its last file: right behind it comes the entry. */
    @Override
    protected Predicate<String> commitOfFirstPage(String topic, long end) {
        return dataFrom(end - 100);
    }

    @Override
    protected void ruinLog(String place, String topic) {
        Broker.delete(log(topic));
        Eventually.isTrue(
                "the log is gone",
                () -> !Broker.call(admin -> admin.listTopics().names()).contains(log(topic)));
    }
}
