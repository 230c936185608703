package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.ExportPlace;
import io.pagewalk.FileSettings;
import io.pagewalk.OnBadRecord;
import io.pagewalk.Pagewalk;
import io.pagewalk.RunOptions;
import io.pagewalk.Verification;
import io.pagewalk.VerifyOptions;
import io.pagewalk.audit.Finding;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.execution.AuditWork;
import io.pagewalk.execution.AuditWorkers;
import io.pagewalk.execution.FileOutcome;
import io.pagewalk.execution.FileWork;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.ExportSpecBuilder;
import io.pagewalk.plan.OffsetBound;
import io.pagewalk.plan.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are checked by another connection, as another process would have it: an audit finds the same. */
class AuditElsewhereIT {
    @TempDir
    private Path output;

    private final Pagewalk pagewalk = Pagewalk.connect(Broker.servers()).open();
    private final List<AuditWork> runs = new CopyOnWriteArrayList<>();
    private final List<FileWork> sent = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        pagewalk.close();
    }

    /** Checks files by a connection of its own, to and from which only text goes. */
    private final class Elsewhere implements AuditWorkers {
        private final String run;
        private final Pagewalk there = Pagewalk.withoutCluster().open();

        Elsewhere(AuditWork run) {
            runs.add(run);
            this.run = run.encode();
        }

        @Override
        public List<FileOutcome> perform(List<FileWork> work) {
            sent.addAll(work);
            return work.stream()
                    .map(FileWork::encode)
                    .parallel()
                    .map(this::performThere)
                    .map(FileOutcome::decode)
                    .toList();
        }

        private String performThere(String file) {
            return there.audit(AuditWork.decode(run), FileWork.decode(file)).encode();
        }

        @Override
        public void close() {
            there.close();
        }
    }

    /** All that an audit says. */
    private record Said(List<Finding> findings, Verification verification) {}

    private Said audit(boolean deep, int lastRuns, AuditWorkers.Opener workers) {
        List<Finding> findings = new ArrayList<>();
        Verification verification = pagewalk.stored(place())
                .verify(VerifyOptions.builder(findings::add)
                        .deep(deep)
                        .lastRuns(lastRuns)
                        .workers(workers)
                        .build());
        return new Said(findings, verification);
    }

    /** What both ways say. */
    private Said audit(boolean deep) {
        return audit(deep, VerifyOptions.ALL_RUNS);
    }

    private Said audit(boolean deep, int lastRuns) {
        Said here = audit(deep, lastRuns, null);
        int before = sent.size();
        Said there = audit(deep, lastRuns, Elsewhere::new);
        assertThat(there).isEqualTo(here);
        assertThat(sent).hasSizeGreaterThan(before);
        return there;
    }

    private ExportPlace place() {
        return ExportPlace.of(output.toString());
    }

    private static ExportSpecBuilder spec(Records records, String format) {
        return ExportSpec.builder(records.topic(), FileSettings.of(format).pin())
                .pageSize(Size.records(30))
                .fileSize(Size.records(10));
    }

    private void export(ExportSpec spec) {
        pagewalk.export(spec, place()).run(RunOptions.defaults());
    }

    private List<Path> files() {
        return new Output(output)
                .dataFiles().keySet().stream().map(output::resolve).toList();
    }

    private static void flipBit(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private static void truncate(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "jsonl"})
    void findsTheSame(String format) throws IOException {
        try (Records records = Records.filled("auditelsewhere", 95, 0, 61)) {
            export(spec(records, format).build());

            Said sound = audit(true);
            assertThat(sound.findings()).isEmpty();
            assertThat(sound.verification().isAsRecorded()).isTrue();
            assertThat(sound.verification().result().partitions().get(2).digest())
                    .isNotNull();
            assertThat(sound.verification().result().bytes()).isPositive();
            assertThat(audit(false).findings()).isEmpty();
            List<Path> files = files();
            assertThat(sent)
                    .hasSize(2 * files.size())
                    .allMatch(work -> work.aside().isEmpty());

            flipBit(files.get(1));
            truncate(files.get(3));
            Files.delete(files.get(4));
            Files.copy(files.get(6), files.get(8), StandardCopyOption.REPLACE_EXISTING);
            assertThat(audit(false).findings())
                    .extracting(Finding::problem)
                    .hasSize(4)
                    .allMatch(problem -> problem.endsWith(" lists it"))
                    .anyMatch(problem -> problem.startsWith("missing; checkpoint "));
            assertThat(audit(true).findings()).hasSize(4);

            // Findings of the log stand between those of files, and behind its first entry nothing is known of their
            // content.
            Path log = new Output(output).log(records.topic());
            Files.delete(log.resolve("00000000000000000002.json"));
            flipBit(log.resolve("00000000000000000003.json"));
            assertThat(audit(true).findings()).hasSizeGreaterThan(4);
            Files.delete(log.resolve("00000000000000000000.json"));
            Said unknown = audit(true);
            assertThat(unknown.findings()).hasSizeGreaterThan(4);
            assertThat(unknown.verification().result().start()).isNull();
            assertThat(runs.get(0).pinned()).isNotNull();
            assertThat(runs.get(runs.size() - 1).pinned()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "jsonl"})
    void findsTheSameOfRecords(String format) throws IOException {
        try (Records records = Records.into(Broker.topic("decodedelsewhere", 1))) {
            records.send(0, 20)
                    .send(0, Records.FIRST_TIMESTAMP - 86_400_000, null, "{\"dated\":\"wrong\"}".getBytes(UTF_8))
                    .send(0, 19)
                    .flush();
            Instant first = Instant.ofEpochMilli(Records.FIRST_TIMESTAMP);
            export(spec(records, format)
                    .from(OffsetBound.parse(first.toString()))
                    .build());
            assertThat(audit(true).findings()).isEmpty();
            // The same records, but the log counts none that is dated outside.
            new Forgery(output, records.topic()).replace(List::of);

            Said deep = audit(true);

            assertThat(deep.findings())
                    .extracting(Finding::problem)
                    .containsExactly(
                            "1 of its records are dated outside of the times that were asked for, its checkpoint"
                                    + " says 0");
            assertThat(deep.verification().result().bytes())
                    .isEqualTo(audit(false).verification().result().bytes());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "jsonl"})
    void findsTheSameOfDeadLetters(String format) throws IOException {
        try (Records records = Records.into(Broker.topic("lettersaudit", 1))) {
            for (int i = 0; i < 50; i++) {
                records.send(0, null, (i % 7 == 3 ? "no JSON" : "{\"n\":" + i + "}").getBytes(UTF_8));
            }
            records.flush();
            pagewalk.export(spec(records, format).values(PayloadFormat.JSON).build(), place())
                    .run(RunOptions.builder()
                            .onBadRecord(OnBadRecord.DEAD_LETTER)
                            .build());

            Said sound = audit(true);
            assertThat(sound.findings()).isEmpty();
            assertThat(sound.verification().result().setAside()).isEqualTo(7);
            assertThat(sent.stream().flatMap(work -> work.aside().stream()))
                    .containsExactlyInAnyOrder(3L, 10L, 17L, 24L, 31L, 38L, 45L);
            FileWork first = sent.get(0);
            assertThat(pagewalk.audit(runs.get(0), new FileWork(first.file(), true, Set.of(2L, 3L)))
                            .problem())
                    .isEqualTo("holds offset 2, which was set aside");
            sent.clear();
            assertThat(audit(false).findings()).isEmpty();
            assertThat(sent).allMatch(work -> work.aside().isEmpty() && !work.deep());

            Path letters = output.resolve("_pagewalk").resolve(records.topic()).resolve("1/dead-letters");
            try (Stream<Path> listed = Files.list(letters)) {
                List<Path> ofLetters = listed.sorted().toList();
                flipBit(ofLetters.get(0));
                Files.delete(ofLetters.get(2));
            }
            truncate(files().get(1));
            assertThat(audit(true).findings()).hasSize(3);
            assertThat(audit(false).findings()).hasSize(3);
        }
    }

    @Test
    void findsTheSameOfASeries() throws IOException {
        try (Records records = Records.filled("seriesaudit", 25)) {
            ExportSpec spec = spec(records, "jsonl").build();
            RunOptions incremental = RunOptions.builder().incremental(true).build();
            pagewalk.export(spec, place()).run(incremental);
            List<Path> ofFirst = files();
            records.send(0, 15).flush();
            pagewalk.export(spec, place()).run(incremental);
            records.send(0, 12).flush();
            pagewalk.export(spec, place()).run(incremental);

            assertThat(audit(true).findings()).isEmpty();
            assertThat(runs).hasSize(3);
            assertThat(audit(false, 2).findings()).isEmpty();
            assertThat(runs).hasSize(5);

            List<Path> files = files();
            flipBit(files.get(0));
            truncate(files.get(files.size() - 1));
            Files.delete(files.get(ofFirst.size()));
            assertThat(audit(true).findings())
                    .extracting(Finding::subject)
                    .hasSize(3)
                    .anyMatch(subject -> subject.startsWith("run 2, "))
                    .anyMatch(subject -> subject.startsWith("run 3, "));
            assertThat(audit(false, 1).findings()).hasSize(1);
        }
    }

    @Test
    void comparesWithTheTopicHere() {
        try (Records records = Records.filled("comparedhere", 20)) {
            export(spec(records, "parquet").build());

            Verification verification = pagewalk.stored(place())
                    .verify(VerifyOptions.builder(finding -> {})
                            .againstTopic(true)
                            .workers(Elsewhere::new)
                            .build());

            assertThat(verification.isAsRecorded()).isTrue();
            assertThat(verification.result().partitions().get(0).topic().same()).isEqualTo(20);
            assertThat(runs).isEmpty();
        }
    }

    @Test
    void endsWithTheFailureOfAWorker() {
        try (Records records = Records.filled("failingaudit", 20)) {
            export(spec(records, "parquet").build());

            assertThatExceptionOfType(ExportFailedException.class)
                    .isThrownBy(() -> audit(false, 1, failing(new IOException("no executor is left"))))
                    .withMessageContaining("no executor is left");
            ExportFailedException unreadable = new ExportFailedException("cannot read a");
            assertThatThrownBy(() -> audit(true, 1, failing(unreadable))).isSameAs(unreadable);
        }
    }

    private AuditWorkers.Opener failing(Exception failure) {
        return run -> new AuditWorkers() {
            @Override
            public List<FileOutcome> perform(List<FileWork> work) throws Exception {
                throw failure;
            }

            @Override
            public void close() {
                sent.clear();
            }
        };
    }
}
