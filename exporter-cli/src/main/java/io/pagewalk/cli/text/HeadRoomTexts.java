package io.pagewalk.cli.text;

import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.HeadRoom;
import io.pagewalk.plan.NextRun;
import io.pagewalk.plan.TopicFacts.Retention;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** How far a topic's retention is from what a series has not exported. */
public final class HeadRoomTexts {
    /** Below this share a run that fails may come too late the next time. */
    private static final double LITTLE = 0.2;

    private HeadRoomTexts() {}

    /** What to warn of before a run of a series; empty if there is nothing. */
    public static Optional<String> warning(String topic, ExportPlan plan) {
        NextRun next = plan.nextRun();
        return next == null || !isLittle(next.headRoom())
                ? Optional.empty()
                : Optional.of("topic " + topic + " may soon let go of what is not exported: head room "
                        + of(next.headRoom()));
    }

    /** Whether somebody should see to it. */
    private static boolean isLittle(HeadRoom room) {
        return room.share().orElse(1) < LITTLE;
    }

    /** In one line, without its beginning. */
    public static String of(HeadRoom room) {
        return byTime(room) + byBytes(room);
    }

    private static String byTime(HeadRoom room) {
        OptionalDouble share = room.share();
        if (share.isEmpty()) {
            return room.retention().millis() == Retention.UNLIMITED
                    ? "unlimited: the topic lets go of no record for its age"
                    : "unknown: the topic's retention may not be read, which takes DESCRIBE_CONFIGS on the topic";
        }
        String oldest = room.oldest() == null
                ? "every record is exported"
                : "the oldest record not yet exported is " + Human.duration(room.age()) + " old";
        return String.format(Locale.ROOT, "%.0f %%: ", 100 * share.getAsDouble()) + oldest
                + ", and the topic keeps records for "
                + Human.duration(Duration.ofMillis(room.retention().millis()));
    }

    private static String byBytes(HeadRoom room) {
        return room.retention().bytes() < 0
                ? ""
                : "; it keeps " + Human.bytes(room.retention().bytes()) + " of a partition, and of each at least "
                        + Human.count(room.offsets(), "offset") + " are exported and not yet gone";
    }
}
