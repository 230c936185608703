package io.pagewalk.internal.progress;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the threads that work on slices spend their time on. Accounted for by slice and by poll, not by record. Written by
 * those threads, read by any.
 */
public final class ThreadTimes {
    /** Where time goes; none overlaps another. */
    public enum Activity {
        /** Without a slice to work on. */
        IDLE,
        /** Holding back for the rate limit. */
        THROTTLED,
        /** Waiting for the brokers' answers. */
        WAITING,
        /** Unpacking what the brokers sent. */
        READING,
        /** Ending a file: its last bytes, making it durable, publishing it. */
        PUBLISHING,
        /** What remains of the work on a slice: encoding, compressing and writing, above all. */
        WRITING
    }

    private final Map<Activity, LongAdder> nanos = new EnumMap<>(Activity.class);

    public ThreadTimes() {
        for (Activity activity : Activity.values()) {
            nanos.put(activity, new LongAdder());
        }
    }

    /** Adds time that was spent on an activity other than {@link Activity#WRITING}, within the time of a slice. */
    public void spent(Activity activity, long moreNanos) {
        of(activity).add(moreNanos);
        of(Activity.WRITING).add(-moreNanos);
    }

    /** Adds time that went by without a slice. */
    public void idle(long moreNanos) {
        of(Activity.IDLE).add(moreNanos);
    }

    /** Adds the whole time of a slice. */
    public void worked(long moreNanos) {
        of(Activity.WRITING).add(moreNanos);
    }

    /** Adds what threads of another process have spent, in milliseconds by the names of activities. */
    public void add(Map<String, Long> moreMillis) {
        moreMillis.forEach((activity, millis) ->
                of(Activity.valueOf(activity.toUpperCase(Locale.ROOT))).add(millis * 1_000_000));
    }

    /** The milliseconds of each activity, over all threads, by its name in lower case. */
    public Map<String, Long> millis() {
        Map<String, Long> millis = new LinkedHashMap<>();
        for (Activity activity : Activity.values()) {
            millis.put(activity.name().toLowerCase(Locale.ROOT), millis(activity));
        }
        return millis;
    }

    /** The milliseconds of an activity, over all threads. */
    public long millis(Activity activity) {
        return Math.max(0, of(activity).sum() / 1_000_000);
    }

    /** The part of all threads' time that was {@link Activity#IDLE}, 0 to 1. */
    public double idleShare() {
        long total = nanos.values().stream().mapToLong(LongAdder::sum).sum();
        return total <= 0 ? 0 : (double) of(Activity.IDLE).sum() / total;
    }

    private LongAdder of(Activity activity) {
        return Objects.requireNonNull(nanos.get(activity));
    }
}
