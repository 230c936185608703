package io.pagewalk.it.iceberg;

import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.FaultProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.exceptions.NoSuchTableException;

/** Exports of a series in processes that are killed, at random; a proxy before the catalog sees what they were at. */
public final class KilledSeries {
    /** Milliseconds in which a process starts, and begins to commit. */
    private static final int LATEST = 6_000;

    private static final int MOST_COMMITS = 4;
    private static final long AT_ONCE = 25_000_000;

    private final RestLake lake;
    private final String table;
    private final FaultProxy proxy;
    private final Random random;
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicLong lastCommit = new AtomicLong();
    /** The commit, counted from the first one, to which something is done. */
    private volatile int chosen;

    private volatile Fate fate = Fate.NONE;
    private final Tally tally = new Tally();

    /** What becomes of a commit. */
    private enum Fate {
        NONE,
        HELD,
        ANSWER_LOST
    }

    /** What the kills have hit, as far as can be told. */
    public static final class Tally {
        int beforeCommits;
        int neverArrived;
        int answerLost;
        int atCommit;
        int between;

        @Override
        public String toString() {
            return "killed before the first commit of a process " + beforeCommits
                    + ", with a commit that never arrived "
                    + neverArrived + ", with one that was carried out and its answer lost " + answerLost
                    + ", less than 25 ms after one was sent " + atCommit + ", between commits " + between;
        }
    }

    public KilledSeries(RestLake lake, String table, FaultProxy proxy, long seed) {
        this.lake = lake;
        this.table = table;
        this.proxy = proxy;
        this.random = new Random(seed);
        proxy.hold(this::see);
    }

    /** Whether what a client sends is held back. */
    private boolean see(String sent) {
        if (!sent.contains("\"add-snapshot\"")) {
            return false;
        }
        lastCommit.set(System.nanoTime());
        boolean isChosen = commits.incrementAndGet() == chosen;
        if (isChosen && fate == Fate.ANSWER_LOST) {
            proxy.loseAnswers(1);
        }
        return isChosen && fate == Fate.HELD;
    }

    /**
     * Starts a command and kills it, so many times; then it runs to its end.
     *
     * @param files how many it makes in all: each process is killed before it has made more than its share of them
     */
    public Tally run(String[] command, int kills, int files) throws IOException, InterruptedException {
        for (int kill = 0; kill < kills; kill++) {
            try (CliProcess process = CliProcess.start(command)) {
                killOne(process, kill, files * (kill + 1) / (kills + 1));
            }
        }
        try (CliProcess process = CliProcess.start(command)) {
            process.await(Duration.ofMinutes(10)).exits(0);
        }
        return tally;
    }

    private void killOne(CliProcess process, int kill, int files) throws IOException, InterruptedException {
        int before = commits.get();
        int landed = snapshots();
        // Now and then while it starts: it looks at the table, makes it, or takes up a run.
        boolean early = random.nextInt(6) == 0;
        chosen = before + (early ? Integer.MAX_VALUE / 2 : 1 + random.nextInt(MOST_COMMITS));
        fate = early ? Fate.NONE : Fate.values()[random.nextInt(Fate.values().length)];
        int delay = random.nextInt(random.nextBoolean() ? 15 : 500);
        long end = System.nanoTime() + (early ? random.nextInt(LATEST) * 1_000_000L : Long.MAX_VALUE / 2);
        while (commits.get() < chosen && lake.files() < files && System.nanoTime() < end && process.isAlive()) {
            Thread.sleep(1);
        }
        Thread.sleep(delay);
        long killed = System.nanoTime();
        if (!process.kill()) {
            throw new AssertionError("process " + kill + " had ended before it was killed; it said: " + process.err());
        }
        proxy.cut();
        proxy.releaseHeld();
        proxy.loseAnswers(0);
        // The server does what it was asked for.
        Thread.sleep(300);
        count(commits.get() - before, snapshots() - landed, killed);
    }

    private void count(int sent, int landed, long killed) {
        if (sent == 0) {
            tally.beforeCommits++;
        } else if (landed < sent) {
            tally.neverArrived++;
        } else if (fate == Fate.ANSWER_LOST && commits.get() >= chosen) {
            tally.answerLost++;
        } else if (killed - lastCommit.get() < AT_ONCE) {
            tally.atCommit++;
        } else {
            tally.between++;
        }
    }

    private int snapshots() {
        try {
            int count = 0;
            for (Iterator<Snapshot> all = lake.table(table).snapshots().iterator(); all.hasNext(); all.next()) {
                count++;
            }
            return count;
        } catch (NoSuchTableException e) {
            return 0;
        }
    }
}
