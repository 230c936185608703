package io.pagewalk.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.internal.admin.TopicQuestions.End;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.model.Extent;
import io.pagewalk.model.OffsetRange;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TruncationCheckTest {
    private static final Extent EXTENT = new Extent(
            "cluster",
            "orders",
            new Uuid(1, 2),
            IsolationLevel.READ_COMMITTED,
            new TreeMap<>(Map.of(0, new OffsetRange(0, 100))),
            new TreeMap<>(Map.of(0, 5)));

    private final StopSignal stop = new StopSignal();

    /** A long export asks after each election, with a consumer of its own each time. */
    @Test
    void leavesNothingBehindThatListensForTheStop() {
        KafkaSettings nowhere = new KafkaSettings("127.0.0.1:1", Map.of(), Duration.ofMillis(200));
        TruncationCheck check = new TruncationCheck(nowhere, stop, new Waits());

        for (int epoch = 6; epoch < 9; epoch++) {
            Map<Integer, End> ends = Map.of(0, new End(100, Optional.of(epoch)));
            assertThatExceptionOfType(ExportFailedException.class).isThrownBy(() -> check.check(EXTENT, ends));
        }

        assertThat(stop.listeners()).isZero();
    }
}
