package io.pagewalk.internal.export;

import io.pagewalk.error.Advice;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.kafka.KafkaCluster;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.internal.progress.Watchdog;
import io.pagewalk.log.Origin;
import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How to reach what an export reads and writes. Any thread may use it; what it opens is the caller's alone, and
 * goes on when it is closed.
 *
 * @param cluster says how to reach the cluster, each time the same, or is null where none was named
 * @param storages those of its exports
 * @param retryTimeout for how long brokers or a store may not answer
 * @param host the name of this machine, as logs tell it
 * @param onStall told in one line of what is waited for and does not come
 */
public record Connection(
        @Nullable Supplier<KafkaSettings> cluster,
        Storages storages,
        Duration retryTimeout,
        String host,
        Consumer<String> onStall)
        implements Closeable {
    /** An id that no other run has. */
    public Origin newOrigin() {
        return ThisRun.origin(host);
    }

    /** Opens locations, for one run or one question. */
    public Access access(StopSignal stop) {
        return new Access(topic -> settings("the checkpoints are in " + topic + ", which"), storages, stop);
    }

    /**
     * Opens the cluster, for one thread; asks nothing of it yet.
     *
     * @param needing what needs it, to begin a message with
     * @throws UsageException if none was named
     */
    public KafkaCluster openCluster(String needing, StopSignal stop, Waits waits) {
        return new KafkaCluster(settings(needing), stop, waits);
    }

    /**
     * How to reach the cluster.
     *
     * @param needing what needs it, to begin a message with
     * @throws UsageException if none was named
     */
    public KafkaSettings settings(String needing) {
        if (cluster == null) {
            throw new UsageException(needing + " needs a cluster, and none was named", Advice.NAME_A_CLUSTER);
        }
        return cluster.get();
    }

    /** Whether a cluster was named, so that a log in a topic can be reached. */
    public boolean namesCluster() {
        return cluster != null;
    }

    /** Calls, and tells meanwhile of what is waited for. What is asked gives up by itself. */
    public <T> T watched(Waits waits, Callable<T> question) throws Exception {
        Watchdog watchdog = Watchdog.start(waits, retryTimeout, onStall, overdue -> {});
        try {
            return question.call();
        } finally {
            watchdog.close();
        }
    }

    /** Frees what exports share and none uses; what one uses is freed when it ends. */
    @Override
    public void close() {
        storages.close();
    }
}
