package io.pagewalk.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pagewalk.error.Advice;
import io.pagewalk.error.BadRecordException;
import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.FencedException;
import io.pagewalk.error.FormatMismatchException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.error.TopicChangedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.execution.SliceOutcome.Failed.Kind;
import io.pagewalk.internal.log.RandomCheckpoints;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Slice;
import io.pagewalk.payload.MetSchema;
import io.pagewalk.spi.DataFile;
import java.time.Duration;
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
    private static final String FAILED =
            "{\"version\":1,\"outcome\":\"failed\",\"kind\":\"FENCED\",\"problem\":\"gone\",\"advice\":\"NONE\"}";

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
                assertIsReadBack(new SliceWork(
                        slice, loss.ranges(), List.of(new MetSchema("value", "7", "orders-value", null))));
                assertIsReadBack(new SliceOutcome.Lost(loss.ranges().get(0), checkpoint.previous(), FIGURES));
                for (Kind kind : Kind.values()) {
                    assertIsReadBack(
                            new SliceOutcome.Failed(kind, checkpoint.previous(), Advice.SET_RECORDS_ASIDE, null));
                }
            }
        }
    }

    private void assertIsReadBack(DataFile file) {
        assertIsReadBack(new SliceOutcome.Done(file, FIGURES));
        assertIsReadBack(new SliceWork(file.slice(), List.of(), List.of()));
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
        assertIsReadBack(
                new SliceWork(new Slice(new TopicPartition("orders", 0), new OffsetRange(7, 7)), List.of(), List.of()));
    }

    @Test
    void writesOutcomesAsOtherProcessesOfThisVersionReadThem() {
        SliceOutcome failed = new SliceOutcome.Failed(Kind.FENCED, "gone", Advice.NONE, null);

        assertThat(failed.encode()).isEqualTo(FAILED);
    }

    /** What a run ends with does not depend on where the work was done. */
    @Test
    void failuresAreThrownAsTheyWereThere() {
        for (PagewalkException failure : List.of(
                new FormatMismatchException("no JSON", Advice.SET_MORE_RECORDS_ASIDE),
                new BadRecordException(Part.KEY, "no UTF-8", "the key is no UTF-8"),
                new TopicChangedException("recreated"),
                new FencedException("deleted"),
                new UsageException("no right", Advice.CHANGE_CLIENT_SETTINGS))) {
            SliceOutcome.Failed outcome = (SliceOutcome.Failed) SliceOutcome.decode(
                    SliceOutcome.Failed.of(failure).orElseThrow().encode());

            assertThat(outcome.exception()).hasMessage(failure.getMessage());
            assertThat(outcome.exception().advice()).isEqualTo(failure.advice());
            assertThat(outcome.exception()).hasSameClassAs(failure);
        }
        assertThat(SliceOutcome.Failed.of(new ExportFailedException("no answer")))
                .isEmpty();
        assertThat(SliceOutcome.Failed.of(new StoppedException("stopped"))).isEmpty();
    }

    @Test
    void saysHowEverythingIsReachedAndShowsNoSecret() {
        Reach reach = new Reach(
                "a:1,b:2",
                Map.of("sasl.jaas.config", "password=\"s3cret\"\n"),
                Map.of("fs.s3a.secret.key", "s3cret"),
                Duration.ofMillis(1500),
                7);

        assertThat(Reach.decode(reach.encode())).isEqualTo(reach);
        assertThat(reach.encode()).doesNotContain("\n");
        assertThat(reach.toString()).doesNotContain("s3cret").contains("a:1,b:2");
        Reach none = new Reach(null, Map.of(), Map.of(), Duration.ZERO, 0);
        assertThat(Reach.decode(none.encode())).isEqualTo(none);
        assertThat(none.withMaxBytesPerSecond(3).withClient("client.id", "x"))
                .isEqualTo(new Reach(null, Map.of("client.id", "x"), Map.of(), Duration.ZERO, 3));
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
                "{\"version\":1,\"outcome\":\"failed\"}",
                "{\"version\":1,\"outcome\":\"failed\",\"kind\":\"LATE\",\"problem\":\"bad\",\"advice\":\"NONE\"}",
                "{\"version\":1,\"outcome\":\"failed\",\"kind\":\"USAGE\",\"problem\":\"bad\",\"advice\":\"NONE\",\"more\":1}",
                "{\"version\":1,\"outcome\":\"failed\",\"kind\":\"USAGE\",\"problem\":\"bad\",\"advice\":\"NONE\"} x",
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
