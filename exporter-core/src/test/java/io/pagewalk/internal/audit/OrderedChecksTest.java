package io.pagewalk.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.pagewalk.audit.Digest;
import io.pagewalk.audit.Finding;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.execution.AuditWork;
import io.pagewalk.execution.AuditWorkers;
import io.pagewalk.execution.FileOutcome;
import io.pagewalk.execution.FileWork;
import io.pagewalk.internal.storage.InMemoryStorage;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.FileContent;
import io.pagewalk.spi.PublishedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrderedChecksTest {
    private static final AuditWork RUN = new AuditWork("memory", null);

    private final List<String> told = new ArrayList<>();
    private final FileAudit files = new FileAudit(new InMemoryStorage.Location().open("run"), RUN, pinned -> {
        throw new IllegalStateException();
    });
    private final Workers workers = new Workers();

    private static class Workers implements AuditWorkers {
        final List<Integer> sizes = new ArrayList<>();
        int opened;
        int closed;

        @Nullable
        Exception failure;

        AuditWorkers open(AuditWork work) {
            assertThat(work).isSameAs(RUN);
            opened++;
            return this;
        }

        @Override
        public List<FileOutcome> perform(List<FileWork> work) throws Exception {
            sizes.add(work.size());
            if (failure != null) {
                throw failure;
            }
            return work.stream()
                    .map(file -> new FileOutcome(file.file().name() + " is bad", null))
                    .toList();
        }

        @Override
        public void close() {
            closed++;
        }
    }

    private OrderedChecks elsewhere() {
        return new OrderedChecks(workers::open, finding -> told.add(finding.subject()));
    }

    private static FileWork file(String name, Set<Long> aside) {
        Slice slice = new Slice(new TopicPartition("orders", 0), new OffsetRange(0, 0));
        return new FileWork(
                DataFile.of(slice, new PublishedFile(name, new FileContent(0, null), 0, "", 0, false), 0, null),
                false,
                aside);
    }

    private void check(OrderedChecks checks, String name) {
        checks.check(files, file(name, Set.of()), outcome -> told.add(outcome.problem()));
    }

    private static Finding finding(String subject) {
        return new Finding(subject, "is wrong");
    }

    @Test
    void tellsEachOutcomeAtOnceWhereItChecksItself() {
        try (OrderedChecks checks = new OrderedChecks(null, finding -> told.add(finding.subject()))) {
            check(checks, "a");
            checks.tell(finding("entry 2"));

            assertThat(told).containsExactly("missing", "entry 2");
            checks.finish();
        }
        assertThat(told).hasSize(2);
    }

    @Test
    void tellsAllInTheOrderInWhichItCame() {
        try (OrderedChecks checks = elsewhere()) {
            checks.tell(finding("entry 1"));
            assertThat(told).containsExactly("entry 1");
            check(checks, "a");
            checks.tell(finding("entry 2"));
            check(checks, "b");
            // What comes of a file may be told through the same.
            checks.check(files, file("c", Set.of()), outcome -> checks.tell(finding("file c")));
            checks.tell(finding("entry 3"));
            assertThat(told).hasSize(1);

            checks.finish();
            checks.tell(finding("entry 4"));

            assertThat(told)
                    .containsExactly("entry 1", "a is bad", "entry 2", "b is bad", "file c", "entry 3", "entry 4");
            assertThat(workers.sizes).containsExactly(3);
        }
        assertThat(workers.closed).isOne();
    }

    @Test
    void keepsNoMoreThanSomeFilesFindingsAndOffsets() {
        try (OrderedChecks checks = elsewhere()) {
            for (int i = 0; i < 2500; i++) {
                check(checks, "a");
            }
            assertThat(workers.sizes).containsExactly(1000, 1000);
            checks.finish();
            check(checks, "b");
            for (int i = 0; i < 100_000; i++) {
                checks.tell(finding("entry"));
            }
            assertThat(workers.sizes).containsExactly(1000, 1000, 500, 1);
            Set<Long> aside = LongStream.range(0, 60_000).boxed().collect(Collectors.toSet());
            checks.check(files, file("c", aside), outcome -> {});
            checks.check(files, file("d", aside), outcome -> {});

            assertThat(workers.sizes).containsExactly(1000, 1000, 500, 1, 2);
            assertThat(told).hasSize(102_501);
        }
    }

    @Test
    void opensWorkersForEachRunThatHasFiles() {
        try (OrderedChecks checks = elsewhere()) {
            checks.finish();
        }
        assertThat(workers.opened).isZero();
        OrderedChecks checks = elsewhere();
        for (int run = 1; run <= 2; run++) {
            check(checks, "a");
            checks.finish();
            checks.close();
            assertThat(workers.opened).isEqualTo(run);
            assertThat(workers.closed).isEqualTo(run);
        }
    }

    @Test
    void failsAsTheWorkersDo() {
        ExportFailedException known = new ExportFailedException("cannot read a");
        for (Exception failure : List.of(known, new IOException("no route"), new InterruptedException())) {
            workers.failure = failure;
            OrderedChecks checks = elsewhere();
            check(checks, "a");
            checks.tell(finding("entry 2"));

            assertThatExceptionOfType(ExportFailedException.class)
                    .isThrownBy(checks::finish)
                    .withMessageContaining(
                            failure == known
                                    ? "cannot read a"
                                    : failure instanceof IOException ? "no route" : "interrupted");

            assertThat(Thread.interrupted()).isEqualTo(failure instanceof InterruptedException);
            // Nothing is left of what was not checked.
            checks.finish();
            assertThat(told).isEmpty();
        }
    }

    @Test
    void refusesOutcomesThatAreNotThoseOfTheWork() {
        for (List<FileOutcome> outcomes : List.of(
                List.<FileOutcome>of(),
                List.of(new FileOutcome(null, Digest.ZERO)),
                List.of(new FileOutcome(null, null), new FileOutcome(null, null)))) {
            OrderedChecks checks = new OrderedChecks(
                    work -> new Workers() {
                        @Override
                        public List<FileOutcome> perform(List<FileWork> files) {
                            return outcomes;
                        }
                    },
                    finding -> {});
            check(checks, "a");

            assertThatIllegalStateException().isThrownBy(checks::finish);
        }
    }
}
