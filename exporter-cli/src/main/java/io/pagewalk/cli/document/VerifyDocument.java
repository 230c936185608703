package io.pagewalk.cli.document;

import io.pagewalk.Verification;
import io.pagewalk.audit.AuditResult;
import io.pagewalk.audit.Digest;
import io.pagewalk.audit.Finding;
import io.pagewalk.audit.PartitionFigures;
import io.pagewalk.audit.PartitionFigures.TopicFigures;
import io.pagewalk.log.Checkpoint;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@code verify --json} prints. */
public record VerifyDocument(
        String exportId,
        @Nullable String topic,
        @Nullable String topicId,
        @Nullable String clusterId,
        String result,
        boolean complete,
        long checkpoints,
        long pages,
        long files,
        long records,
        long bytes,
        long uncommittedFiles,
        long gaps,
        long lost,
        long setAside,
        @Nullable MadeOf deadLettersOf,
        List<Partition> partitions,
        List<Finding> findings) {
    /**
     * One partition.
     *
     * @param digest left out unless records were decoded
     * @param topic left out unless they were compared with the topic
     */
    record Partition(
            int partition,
            long start,
            long end,
            long files,
            long offsets,
            long records,
            long gaps,
            long lost,
            Optional<String> digest,
            Optional<Comparison> topic) {
        private static Partition of(int partition, PartitionFigures figures) {
            return new Partition(
                    partition,
                    figures.range().start(),
                    figures.range().end(),
                    figures.files(),
                    figures.offsets(),
                    figures.records(),
                    figures.gaps(),
                    figures.lost(),
                    Optional.ofNullable(figures.digest()).map(Digest::toString),
                    Optional.ofNullable(figures.topic()).map(Comparison::of));
        }
    }

    /** How a partition compares with the topic, in records. */
    record Comparison(
            long same, long compacted, long expired, long missing, long returned, long differing, long unexplained) {
        private static Comparison of(TopicFigures topic) {
            return new Comparison(
                    topic.same(),
                    topic.compacted(),
                    topic.expired(),
                    topic.missing(),
                    topic.returned(),
                    topic.differing(),
                    topic.unexplained());
        }
    }

    public static VerifyDocument of(Verification verification, List<Finding> findings) {
        AuditResult result = verification.result();
        Checkpoint.Start start = result.start();
        return new VerifyDocument(
                verification.exportId(),
                start == null ? null : start.extent().topic(),
                start == null ? null : start.extent().topicId().toString(),
                start == null ? null : start.extent().clusterId(),
                findings.isEmpty() ? "as-recorded" : "findings",
                result.complete(),
                result.checkpoints(),
                result.pages(),
                result.files(),
                result.records(),
                result.bytes(),
                result.uncommitted(),
                result.gaps(),
                result.lost(),
                result.setAside(),
                start == null ? null : MadeOf.of(start.deadLettersOf()),
                result.partitions().entrySet().stream()
                        .map(entry -> Partition.of(entry.getKey(), entry.getValue()))
                        .toList(),
                findings);
    }
}
