package io.pagewalk.cli.progress;

import io.pagewalk.cli.text.Human;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the exports of many topics are.
 *
 * @param topics how many there are
 * @param done how many have ended, well or not
 * @param failed how many of those have failed
 * @param underWay the topics that are at work
 * @param sample of all together
 */
public record TopicsProgress(int topics, int done, int failed, List<String> underWay, ProgressSample sample)
        implements ProgressState {
    private static final int TOLD = 4;

    @Override
    public String name() {
        return Human.count(topics, "topic");
    }

    @Override
    public String line() {
        return Human.count(done) + " done" + (failed == 0 ? "" : ", " + Human.count(failed) + " failed") + "; "
                + sample.line()
                + (underWay.isEmpty()
                        ? ""
                        : "; at work: " + String.join(", ", underWay.subList(0, Math.min(TOLD, underWay.size())))
                                + (underWay.size() > TOLD ? ", ..." : ""));
    }

    @Override
    public Record document() {
        Duration remaining = sample.remaining();
        return new Document(
                topics,
                done,
                failed,
                underWay,
                sample.elapsed().toMillis(),
                sample.records(),
                sample.bytes(),
                sample.pages(),
                sample.doneOffsets(),
                sample.totalOffsets(),
                remaining == null ? null : remaining.toMillis());
    }

    @Override
    public long doneOffsets() {
        return sample.doneOffsets();
    }

    @Override
    public long totalOffsets() {
        return sample.totalOffsets();
    }

    /** What {@code --progress json} prints a line of. */
    record Document(
            int topics,
            int topicsDone,
            int topicsFailed,
            List<String> topicsUnderWay,
            long elapsedMs,
            long records,
            long bytes,
            long pages,
            long offsets,
            long totalOffsets,
            @Nullable Long remainingMs) {}
}
