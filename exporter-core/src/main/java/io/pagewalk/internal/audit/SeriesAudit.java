package io.pagewalk.internal.audit;

import io.pagewalk.audit.AuditResult;
import io.pagewalk.audit.Finding;
import io.pagewalk.audit.PartitionFigures;
import io.pagewalk.internal.log.ExpiryRecord;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.SeriesRun;
import io.pagewalk.log.Totals;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.plan.Window;
import io.pagewalk.spi.CheckpointStores;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Audits runs of a series one after the other, in the order of their numbers, and that each continues the one before it. */
final class SeriesAudit {
    private final RunAudit.With with;
    private final CheckpointStores logs;
    private final Consumer<Finding> findings;
    private @Nullable RunAudit before;
    private @Nullable ExpiryRecord expiry;
    private int beforeNumber;
    private long checkpoints;
    private long pages;
    private long files;
    private long records;
    private long bytes;
    private long uncommitted;

    SeriesAudit(RunAudit.With with, CheckpointStores logs, Consumer<Finding> findings) {
        this.with = with;
        this.logs = logs;
        this.findings = findings;
    }

    /** The first run goes on after runs that have expired. */
    void goOnAfter(@Nullable ExpiryRecord record, int first) {
        expiry = record;
        if (record != null && first != record.run() + 1) {
            findings.accept(new Finding(
                    "runs " + (record.run() + 1) + " to " + (first - 1), "missing: there is no checkpoint of them"));
            expiry = null;
        }
    }

    private void compare(ExpiryRecord record, RunAudit first, Consumer<Finding> told) {
        Checkpoint.Start start = first.start();
        if (start == null) {
            return;
        }
        if (!record.last().equals(start.series().after())
                || !record.totals().equals(start.series().before())) {
            told.accept(new Finding(
                    LogWalk.place(0),
                    "does not continue run " + record.run() + ", as the record of its expiry has it"));
        }
    }

    void run(int number) {
        Consumer<Finding> told = number == 1
                ? findings
                : finding ->
                        findings.accept(new Finding("run " + number + ", " + finding.subject(), finding.problem()));
        try (RunAudit audit = new RunAudit(with, logs.of(number), number, told)) {
            uncommitted += audit.run();
            checkpoints += audit.walk().entries();
            pages += audit.walk().pages();
            files += audit.listedFiles();
            records += audit.listedRecords();
            bytes += audit.soundBytes();
            if (before != null) {
                compare(before, audit, number, told);
            } else if (expiry != null) {
                compare(expiry, audit, told);
            }
            before = audit;
            beforeNumber = number;
        }
    }

    private void compare(RunAudit earlier, RunAudit later, int number, Consumer<Finding> told) {
        if (number != beforeNumber + 1) {
            findings.accept(new Finding(
                    number == beforeNumber + 2
                            ? "run " + (number - 1)
                            : "runs " + (beforeNumber + 1) + " to " + (number - 1),
                    "missing: there is no checkpoint of them"));
            return;
        }
        Checkpoint.Start first = earlier.start();
        Checkpoint.Start next = later.start();
        String checksum = earlier.walk().checksum();
        if (first == null || next == null || checksum == null) {
            return;
        }
        if (!earlier.walk().isComplete()) {
            told.accept(new Finding(LogWalk.place(0), "begins the run, though the one before it is not complete"));
        }
        SeriesRun.After after = next.series().after();
        if (after == null || !after.checksum().equals(checksum)) {
            told.accept(new Finding(
                    LogWalk.place(0), "does not continue run " + beforeNumber + ": one of the two was replaced"));
        }
        Totals before = first.series().with(earlier.walk().totals());
        if (!next.series().before().equals(before)) {
            told.accept(new Finding(
                    LogWalk.place(0),
                    "says that the runs before it have come to " + next.series().before() + ", but it is " + before));
        }
        if (!next.naming().in("").equals(first.naming().in(""))
                || !next.extent().topicId().equals(first.extent().topicId())
                || !next.extent().clusterId().equals(first.extent().clusterId())
                || next.extent().isolationLevel() != first.extent().isolationLevel()
                || !next.options()
                        .differencesOfSeries(first.options().requested())
                        .isEmpty()) {
            told.accept(new Finding(LogWalk.place(0), "is of another topic, or has other options of the series"));
        }
        Window window = first.options().window();
        Window following = next.options().window();
        if (window != null && (following == null || !following.start().equals(window.end()))) {
            told.accept(new Finding(LogWalk.place(0), "is not of the window that follows " + window));
        }
        compareExtents(first, next, told);
    }

    private void compareExtents(Checkpoint.Start first, Checkpoint.Start next, Consumer<Finding> told) {
        for (Map.Entry<Integer, OffsetRange> entry : next.extent().partitions().entrySet()) {
            int partition = entry.getKey();
            OffsetRange passed = first.extent().partitions().get(partition);
            long lost = next.series().lostBefore().stream()
                    .filter(range -> range.partition() == partition)
                    .mapToLong(range -> range.range().size())
                    .sum();
            long expected = (passed == null ? 0 : passed.end()) + lost;
            if (entry.getValue().start() != expected) {
                told.accept(new Finding(
                        "partition " + partition + " " + entry.getValue(),
                        "does not begin at " + expected + ", where the run before it ended"));
            }
        }
        for (int partition : first.extent().partitions().keySet()) {
            if (!next.extent().partitions().containsKey(partition)) {
                told.accept(new Finding("partition " + partition, "the run before it had it, this one has not"));
            }
        }
    }

    /** The topic by the log of the last run; null if it does not tell. */
    @Nullable
    String topic() {
        return before == null ? null : before.walk().topic();
    }

    /** @param count how many findings there were */
    AuditResult result(long count) {
        SortedMap<Integer, PartitionFigures> partitions = new TreeMap<>();
        with.tallies().forEach((partition, tally) -> partitions.put(partition, tally.figures()));
        return new AuditResult(
                before == null ? null : before.start(),
                before != null && before.walk().isComplete(),
                count,
                checkpoints,
                pages,
                files,
                records,
                with.deadLetters().records(),
                bytes,
                uncommitted,
                partitions);
    }
}
