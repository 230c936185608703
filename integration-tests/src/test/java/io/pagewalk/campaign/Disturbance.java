package io.pagewalk.campaign;

import io.pagewalk.campaign.Plan.Fault;
import io.pagewalk.campaign.Plan.Kind;
import io.pagewalk.it.fixture.CliProcess;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Does to the runners of one attempt, and to their topic and broker, what the attempt says: each fault on a thread of its own,
 * when its moment has come. What comes too late is left out, but for what befalls the topic.
 */
final class Disturbance {
    private static final long LONGEST_SLEEP_NANOS = 30_000_000_000L;

    private final CampaignBroker broker;
    private final String topic;
    private final Map<Integer, Long> deletions;
    private final List<CliProcess> runners;
    private final Progress progress;
    private final AtomicBoolean over = new AtomicBoolean();
    /** Who was sent what. */
    private final Map<Fault, Boolean> done = new ConcurrentHashMap<>();

    private final Map<Fault, Throwable> failed = new ConcurrentHashMap<>();

    /** @param runners is filled while this is at work, in the order of their numbers */
    Disturbance(
            CampaignBroker broker,
            String topic,
            Map<Integer, Long> deletions,
            List<CliProcess> runners,
            Progress progress) {
        this.broker = broker;
        this.topic = topic;
        this.deletions = deletions;
        this.runners = runners;
        this.progress = progress;
    }

    /** Returns at once; the thread ends when the fault is over, or no more to come. */
    Thread start(Fault fault) {
        Thread thread = new Thread(() -> {
            try {
                disturb(fault);
            } catch (Exception | AssertionError e) {
                failed.put(fault, e);
            }
        });
        thread.start();
        return thread;
    }

    /** The runners have ended. */
    void over() {
        over.set(true);
    }

    /** Whether this befell somebody. */
    boolean did(Kind kind, int runner) {
        return done.keySet().stream().anyMatch(fault -> fault.kind() == kind && fault.runner() == runner);
    }

    /** @throws AssertionError if a fault could not be brought about */
    void check() {
        failed.forEach((fault, failure) -> {
            throw new AssertionError("could not " + fault, failure);
        });
    }

    private void disturb(Fault fault) throws Exception {
        boolean inTime = await(() -> progress.hasReached(fault.trigger()) && exists(fault.runner()));
        switch (fault.kind()) {
            case DELETE_RECORDS -> {
                done.put(fault, true);
                broker.deleteRecords(topic, deletions);
            }
            case COMPACT -> {
                done.put(fault, true);
                broker.compact(topic);
            }
            default -> {
                if (inTime) {
                    done.put(fault, true);
                    befall(fault);
                }
            }
        }
    }

    private boolean exists(int runner) {
        synchronized (runners) {
            return runner < runners.size();
        }
    }

    private void befall(Fault fault) throws Exception {
        switch (fault.kind()) {
            case BROKER_KILL -> broker.restart();
            case BROKER_PAUSE -> broker.pause(fault.millis());
            case KILL, TERM -> runner(fault).signalIfAlive(fault.kind().name());
            case PAUSE -> suspend(runner(fault), System.nanoTime() + fault.millis() * 1_000_000L, () -> false);
            default ->
                suspend(runner(fault), System.nanoTime() + LONGEST_SLEEP_NANOS, () -> othersHaveEnded(runner(fault)));
        }
    }

    private CliProcess runner(Fault fault) {
        synchronized (runners) {
            return runners.get(fault.runner());
        }
    }

    private boolean othersHaveEnded(CliProcess runner) {
        synchronized (runners) {
            return runners.size() > 1 && runners.stream().noneMatch(other -> other != runner && other.isAlive());
        }
    }

    private void suspend(CliProcess runner, long deadline, BooleanSupplier end) throws Exception {
        runner.signalIfAlive("STOP");
        try {
            await(() -> end.getAsBoolean() || System.nanoTime() > deadline || !runner.isAlive());
        } finally {
            runner.signalIfAlive("CONT");
        }
    }

    /** Whether it came about before this was over. */
    private boolean await(BooleanSupplier condition) throws InterruptedException, IOException {
        while (!over.get()) {
            if (condition.getAsBoolean()) {
                return true;
            }
            Thread.sleep(1);
        }
        return false;
    }
}
