package io.pagewalk.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pagewalk.audit.Digest;
import io.pagewalk.internal.log.RandomCheckpoints;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.plan.AskedTimes;
import io.pagewalk.spi.DataFile;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTextTest {
    private static final List<PayloadFormat> FORMATS =
            List.of(PayloadFormat.BYTES, PayloadFormat.STRING, PayloadFormat.JSON);

    private final Random random = new Random(20261129);

    @Test
    void readsBackWhatItWrites() {
        RandomCheckpoints checkpoints = new RandomCheckpoints(random);
        for (int i = 0; i < 2000; i++) {
            Checkpoint checkpoint = checkpoints.checkpoint();
            String text = checkpoint.previous();
            if (checkpoint.body() instanceof Checkpoint.Start start) {
                assertIsReadBack(new AuditWork(
                        text,
                        new AuditWork.Pinned(
                                start.options().fileSettings(),
                                formats(),
                                times(),
                                start.schemas() == null ? null : new AuditWork.Schemas(text, start.schemas()))));
                assertIsReadBack(new AuditWork(text, null));
            } else if (checkpoint.body() instanceof Checkpoint.PageCommit page) {
                page.files().forEach(this::assertIsReadBack);
            }
            assertIsReadBack(new FileOutcome(text, null));
            assertIsReadBack(new FileOutcome(text, digest()));
            assertIsReadBack(new FileOutcome(null, digest()));
        }
        assertIsReadBack(new FileOutcome(null, null));
        assertIsReadBack(new FileOutcome(null, new Digest(Long.MIN_VALUE, -1)));
    }

    private PayloadFormats formats() {
        return new PayloadFormats(format(), format(), format());
    }

    private PayloadFormat format() {
        return FORMATS.get(random.nextInt(FORMATS.size()));
    }

    private AskedTimes times() {
        return random.nextBoolean() ? AskedTimes.ANY : new AskedTimes(random.nextLong(), random.nextLong());
    }

    private Digest digest() {
        return new Digest(random.nextLong(), random.nextLong());
    }

    private void assertIsReadBack(DataFile file) {
        Set<Long> aside = LongStream.generate(random::nextLong)
                .limit(random.nextInt(4))
                .boxed()
                .collect(Collectors.toSet());
        FileWork work = new FileWork(file, random.nextBoolean(), aside);

        assertThat(work.encode()).doesNotContain("\n");
        assertThat(FileWork.decode(work.encode())).isEqualTo(work);
    }

    private static void assertIsReadBack(AuditWork work) {
        assertThat(work.encode()).doesNotContain("\n");
        assertThat(AuditWork.decode(work.encode())).isEqualTo(work);
    }

    private static void assertIsReadBack(FileOutcome outcome) {
        assertThat(outcome.encode()).doesNotContain("\n");
        assertThat(FileOutcome.decode(outcome.encode())).isEqualTo(outcome);
    }

    @Test
    void writesOutcomesAsOtherProcessesOfThisVersionReadThem() {
        assertThat(new FileOutcome("missing", null).encode())
                .isEqualTo("{\"version\":1,\"sound\":false,\"problem\":\"missing\"}");
        assertThat(new FileOutcome(null, new Digest(1, -2)).encode())
                .isEqualTo("{\"version\":1,\"sound\":true,\"digest\":{\"high\":1,\"low\":-2}}");
    }

    @Test
    void aFileThatIsNotTheListedOneHasNoDigest() {
        assertThat(new FileOutcome("missing", null).isAsListed()).isFalse();
        assertThat(new FileOutcome("the key at offset 3 is not json", Digest.ZERO).isAsListed())
                .isTrue();
        assertThat(new FileOutcome(null, null).isAsListed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"version\":1}",
                "{\"version\":2,\"sound\":true}",
                "{\"version\":1,\"sound\":\"true\"}",
                "{\"version\":1,\"sound\":false}",
                "{\"version\":1,\"sound\":true,\"problem\":\"missing\"}",
                "{\"version\":1,\"sound\":true} x",
                "{\"version\":1,\"sound\":true,\"digest\":null}",
                "{\"version\":1,\"sound\":true,\"digest\":{\"high\":1}}",
                "{\"version\":1,\"sound\":true,\"digest\":{\"high\":1,\"low\":9223372036854775808}}",
                "{\"version\":1,\"sound\":true,\"digest\":{\"high\":1,\"low\":2,\"more\":3}}"
            })
    void refusesWhatItHasNotWritten(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileOutcome.decode(text))
                .withMessageStartingWith("not a text of work that this Pagewalk has written: ");
        assertThatIllegalArgumentException().isThrownBy(() -> FileWork.decode(text));
        assertThatIllegalArgumentException().isThrownBy(() -> AuditWork.decode(text));
    }

    @Test
    void refusesWorkThatItHasNotWritten() {
        String run = new AuditWork("/out", new AuditWork.Pinned(Map.of(), formats(), AskedTimes.ANY, null)).encode();
        String file = "{\"version\":1,\"topic\":\"orders\",\"file\":{},\"deep\":true,\"aside\":[]}";

        assertThat(AuditWork.decode(run).output()).isEqualTo("/out");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuditWork.decode(
                        run.replaceFirst("\"value-format\":\"[a-z]*\"", "\"value-format\":\"thrift\"")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuditWork.decode(run.replaceFirst(",\"lastTime\":[0-9]*", "")));
        assertThatIllegalArgumentException().isThrownBy(() -> FileWork.decode(file));
        assertThatIllegalArgumentException().isThrownBy(() -> FileWork.decode(file.replace("[]", "[\"3\"]")));
    }
}
