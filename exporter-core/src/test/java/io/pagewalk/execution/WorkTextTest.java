package io.pagewalk.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.internal.log.RandomCheckpoints;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.LostRange;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.DataFile;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkTextTest {
    private static final String LOST = "{\"version\":1,\"outcome\":\"lost\",\"lost\":[[3,5,9]],\"problem\":\"gone\"}";

    private static final SliceFigures FIGURES =
            new SliceFigures(1, Long.MAX_VALUE, 0, true, Map.of("reading", 12L, "writing", 0L));

    private final Random random = new Random(20261128);

    @Test
    void readsBackWhatItWrites() {
        RandomCheckpoints checkpoints = new RandomCheckpoints(random);
        for (int i = 0; i < 2000; i++) {
            Checkpoint checkpoint = checkpoints.checkpoint();
            if (checkpoint.body() instanceof Checkpoint.Start start) {
                assertIsReadBack(new ExportWork(
                        checkpoint.exportId(),
                        start,
                        checkpoint.previous(),
                        random.nextBoolean() ? null : checkpoint.origin().host(),
                        random.nextBoolean() ? Set.of() : EnumSet.of(Part.KEY, Part.TIMESTAMP),
                        random.nextLong()));
            } else if (checkpoint.body() instanceof Checkpoint.PageCommit page) {
                page.files().forEach(this::assertIsReadBack);
            } else if (checkpoint.body() instanceof Checkpoint.Loss loss) {
                Slice slice = new Slice(new TopicPartition(checkpoint.topic(), 7), new OffsetRange(0, 50));
                assertIsReadBack(new SliceWork(slice, loss.ranges()));
                assertIsReadBack(new SliceOutcome.Lost(loss.ranges().get(0), checkpoint.previous()));
                assertIsReadBack(new SliceOutcome.Mismatch(checkpoint.previous()));
                assertIsReadBack(new SliceOutcome.TopicChanged(checkpoint.previous()));
            }
        }
    }

    private void assertIsReadBack(DataFile file) {
        assertIsReadBack(new SliceOutcome.Done(file, FIGURES));
        assertIsReadBack(new SliceWork(file.slice(), List.of()));
    }

    private static void assertIsReadBack(ExportWork work) {
        assertThat(work.encode()).doesNotContain("\n");
        assertThat(ExportWork.decode(work.encode())).isEqualTo(work);
    }

    private static void assertIsReadBack(SliceWork work) {
        assertThat(SliceWork.decode(work.encode())).isEqualTo(work);
    }

    private static void assertIsReadBack(SliceOutcome outcome) {
        assertThat(outcome.encode()).doesNotContain("\n");
        assertThat(SliceOutcome.decode(outcome.encode())).isEqualTo(outcome);
    }

    @Test
    void readsTheSliceOfAnEmptyExtent() {
        assertIsReadBack(new SliceWork(new Slice(new TopicPartition("orders", 0), new OffsetRange(7, 7)), List.of()));
    }

    @Test
    void writesOutcomesAsOtherProcessesOfThisVersionReadThem() {
        SliceOutcome lost = new SliceOutcome.Lost(new LostRange(3, new OffsetRange(5, 9)), "gone");

        assertThat(lost.encode()).isEqualTo(LOST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "lost",
                "[]",
                "{}",
                "null",
                "{\"version\":2}",
                "{\"version\":1,\"outcome\":\"found\"}",
                "{\"version\":1,\"outcome\":\"mismatch\"}",
                "{\"version\":1,\"outcome\":\"mismatch\",\"problem\":\"bad\",\"more\":1}",
                "{\"version\":1,\"outcome\":\"mismatch\",\"problem\":\"bad\"} x",
                "{\"version\":1,\"outcome\":\"lost\",\"lost\":[[3000000000,5,9]],\"problem\":\"\"}",
                "{\"version\":1,\"outcome\":\"lost\",\"lost\":[[3,5,5]],\"problem\":\"\"}",
                "{\"version\":1,\"outcome\":\"lost\",\"lost\":[],\"problem\":\"\"}",
                "{\"version\":1,\"outcome\":\"lost\",\"lost\":[[3,5,9],[3,9,12]],\"problem\":\"\"}"
            })
    void refusesWhatItHasNotWritten(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SliceOutcome.decode(text))
                .withMessageStartingWith("not a text of work that this Pagewalk has written: ");
        assertThatIllegalArgumentException().isThrownBy(() -> SliceWork.decode(text));
        assertThatIllegalArgumentException().isThrownBy(() -> ExportWork.decode(text));
    }
}
