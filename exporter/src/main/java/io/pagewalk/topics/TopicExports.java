package io.pagewalk.topics;

import io.pagewalk.Export;
import io.pagewalk.ExportResult;
import io.pagewalk.Pagewalk;
import io.pagewalk.RunOptions;
import io.pagewalk.StoredExport;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.UsageException;
import io.pagewalk.plan.ExportSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Exports many topics, some at a time, the largest first, over one connection: its threads, its rate and its clients are those of
 * all of them. What fails for one topic ends that one alone. It runs once.
 *
 * <p>{@link #run} blocks; {@link #stop} and {@link #underWay} may be called by any thread.
 */
public final class TopicExports {
    private final Pagewalk pagewalk;
    private final TopicPlaces places;
    private final Function<String, ExportSpec> specs;
    private final int parallel;
    private final Deque<String> waiting = new ArrayDeque<>();

    private final Set<Export> underWay = new HashSet<>();
    private final SortedMap<String, TopicResult> results = new TreeMap<>();
    private boolean stopped;
    private @Nullable ExportFailedException over;

    /**
     * Nothing is opened yet.
     *
     * @param specs what to export of a topic
     * @param parallel how many topics are exported at a time, at least 1
     */
    public TopicExports(Pagewalk pagewalk, TopicPlaces places, Function<String, ExportSpec> specs, int parallel) {
        if (parallel < 1) {
            throw new IllegalArgumentException("parallel: " + parallel);
        }
        this.pagewalk = pagewalk;
        this.places = places;
        this.specs = specs;
        this.parallel = parallel;
    }

    /**
     * Runs them. Where one fails because something does not answer, and the cluster or the output does not answer afterwards either,
     * those that have not begun fail for that reason, without waiting for it anew.
     *
     * @param topics which
     * @param options how, asked for by several threads, when a topic's turn comes; null if none is to begin any more
     * @return how each went, in the order of the topics' names
     * @throws UsageException if the output is itself the output of an export, or the options do not fit each other
     * @throws ExportFailedException if the cluster or the output does not answer
     */
    public List<TopicResult> run(
            Collection<String> topics, Supplier<RunOptions.@Nullable Builder> options, TopicsListener listener) {
        requireNoExport();
        requireFit(topics, options);
        Map<String, Long> sizes = pagewalk.sizes(topics);
        listener.planned(sizes);
        waiting.addAll(largestFirst(topics, sizes));
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i <= Math.min(parallel, waiting.size()); i++) {
            Thread thread = new Thread(() -> runAll(options, listener), "topics-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        threads.forEach(TopicExports::await);
        synchronized (this) {
            return List.copyOf(results.values());
        }
    }

    /** What cannot be done for any topic is told once. */
    private void requireFit(Collection<String> topics, Supplier<RunOptions.@Nullable Builder> options) {
        RunOptions.Builder how = options.get();
        if (how != null && !topics.isEmpty()) {
            how.build().requireFit(specs.apply(topics.iterator().next()));
        }
    }

    private void requireNoExport() {
        for (StoredExport found : pagewalk.exports(places.output())) {
            throw new UsageException(places.output() + " is itself the output of export "
                    + found.place().exportId() + ": many topics need another one, in which each has a directory");
        }
    }

    /** So that the last one to end is a small one. */
    private static List<String> largestFirst(Collection<String> topics, Map<String, Long> sizes) {
        return topics.stream()
                .distinct()
                .sorted(Comparator.comparing((String topic) -> -sizes.getOrDefault(topic, 0L))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void runAll(Supplier<RunOptions.@Nullable Builder> options, TopicsListener listener) {
        for (String topic = next(); topic != null; topic = next()) {
            TopicResult result = told(run(topic, options, listener), listener);
            synchronized (this) {
                results.put(topic, result);
            }
        }
    }

    private static TopicResult told(TopicResult result, TopicsListener listener) {
        try {
            listener.ended(result);
            return result;
        } catch (Throwable e) {
            Throwable failure = result.failure();
            if (failure == null) {
                return new TopicResult(result.topic(), result.export(), result.result(), e);
            }
            failure.addSuppressed(e);
            return result;
        }
    }

    private synchronized @Nullable String next() {
        return waiting.poll();
    }

    private TopicResult run(String topic, Supplier<RunOptions.@Nullable Builder> options, TopicsListener listener) {
        Export export = null;
        try {
            RunOptions.Builder how = isOver() ? null : options.get();
            if (how == null) {
                return new TopicResult(topic, null, null, whyOver());
            }
            export = pagewalk.export(specs.apply(topic), places.of(topic));
            begin(export);
            ExportResult result =
                    export.run(how.listener(listener.begins(topic, export)).build());
            return new TopicResult(topic, export, result, null);
        } catch (ExportFailedException e) {
            lookWhetherAnybodyAnswers();
            return new TopicResult(topic, export, null, e);
        } catch (Throwable e) {
            return new TopicResult(topic, export, null, e);
        } finally {
            if (export != null) {
                end(export);
            }
        }
    }

    private synchronized boolean isOver() {
        return stopped || over != null;
    }

    private synchronized @Nullable ExportFailedException whyOver() {
        return over;
    }

    private void begin(Export export) {
        synchronized (this) {
            underWay.add(export);
            if (!stopped) {
                return;
            }
        }
        export.stop();
    }

    private synchronized void end(Export export) {
        underWay.remove(export);
    }

    /** A thousand topics would otherwise each wait for the retry timeout. */
    private void lookWhetherAnybodyAnswers() {
        try {
            pagewalk.clusterId();
            pagewalk.exports(places.output());
        } catch (ExportFailedException e) {
            synchronized (this) {
                if (over == null) {
                    over = e;
                }
            }
        } catch (PagewalkException e) {
            // The next topic meets it, too, and tells of it.
            return;
        }
    }

    /** Ends those that are under way as soon as what they do allows, and begins no other; what is committed stands. */
    public void stop() {
        List<Export> stopping;
        synchronized (this) {
            stopped = true;
            stopping = List.copyOf(underWay);
        }
        stopping.forEach(Export::stop);
    }

    /** Those that are at work now, in no order. */
    public synchronized List<Export> underWay() {
        return List.copyOf(underWay);
    }
}
