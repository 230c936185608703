package io.pagewalk.cli.demo;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.log.LogName;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Shows on a real broker what Pagewalk promises: an export that is killed half-way goes on where it was, and every record is
 * there exactly once. Runs once; all but {@link #stop} on one thread.
 */
public final class Demo {
    private static final String TOPIC = "orders";
    private static final String STOPPED = "the demo was stopped before anything was proven";
    private static final int PAGES = 30;
    private static final int FILES_PER_PAGE = 4;
    /** Of 30 pages of committed records and, with the aborted ones, 35 of offsets. */
    private static final int PAGES_BEFORE_KILL = 17;

    /** The exit code of {@code status} for an export that is not complete. */
    private static final int STOPPED_EARLY = 3;

    private final Options options;
    private final InputStream in;
    private final Script script;
    private final Children children = new Children();
    private final CountDownLatch leave = new CountDownLatch(1);
    private @Nullable Thread runner;
    private boolean proven;

    /**
     * What the demo is asked to do.
     *
     * @param records how many are committed to the topic
     * @param dir where the export's output goes, or null for a new directory
     * @param keepRunning whether the broker stays up after the proof, until {@link #stop} or a line of input
     * @param launcher how the reader calls Pagewalk
     */
    public record Options(int records, @Nullable Path dir, boolean keepRunning, String launcher) {
        /** Fewer leave no time to kill an export, and more would not show more. */
        public static final int LEAST_RECORDS = 1_000;

        public static final int MOST_RECORDS = 1_000_000;

        /**
         * Checks the number of records.
         *
         * @throws UsageException if it is out of bounds
         */
        public Options {
            if (records < LEAST_RECORDS || records > MOST_RECORDS) {
                throw new UsageException("--orders " + records + " is not from " + Script.count(LEAST_RECORDS) + " to "
                        + Script.count(MOST_RECORDS));
            }
        }
    }

    public Demo(Options options, InputStream in, PrintStream out) {
        this.options = options;
        this.in = in;
        this.script = new Script(out);
    }

    /**
     * Runs the demo; returns only if it was proven that the output is right. Leaves the output behind, and nothing else.
     *
     * @throws UsageException if the output's directory cannot be used, or the broker is not on the class path
     * @throws StoppedException if it was stopped before
     * @throws ExportFailedException if anything else did not go as it should
     */
    public void run() throws IOException {
        synchronized (this) {
            runner = Thread.currentThread();
        }
        try {
            DemoBroker.require();
            show(OutputDirectory.create(options.dir()));
        } catch (InterruptedException e) {
            throw new StoppedException(STOPPED, e);
        } catch (IOException | RuntimeException e) {
            // Whatever it is, it comes from what stopping tore away.
            if (children.isStopped()) {
                throw new StoppedException(STOPPED, e);
            }
            throw e;
        } finally {
            synchronized (this) {
                runner = null;
                Thread.interrupted();
            }
        }
    }

    /** Ends the demo, and with it its child processes. May be called from any thread. */
    public synchronized void stop() {
        if (proven) {
            leave.countDown();
            return;
        }
        children.stop();
        if (runner != null) {
            runner.interrupt();
        }
    }

    private void show(Path output) throws IOException, InterruptedException {
        Instant start = Instant.now();
        script.say("Pagewalk demo: a real broker, an export that is killed half-way and goes on, and what came of it.");
        script.say("The files go to " + output.toAbsolutePath() + "; the broker's own are temporary.");
        try (TemporaryDirectory temporary = TemporaryDirectory.create();
                children) {
            String servers = DemoBroker.start(children, temporary.path());
            script.step("A Kafka broker started at " + servers);
            Ledger ledger = fill(servers);
            exportWithAKill(new ExportRuns(children, temporary.path(), script), servers, output);
            prove(output, ledger);
            script.say("   It took " + Duration.between(start, Instant.now()).toSeconds() + " s.");
            new NextSteps(options, output, servers, TOPIC).lines().forEach(script::say);
            if (options.keepRunning()) {
                waitToLeave(servers);
            }
        }
    }

    private Ledger fill(String servers) throws InterruptedException {
        Ledger ledger = TopicFiller.fill(servers, TOPIC, options.records());
        String shares = IntStream.range(0, Order.PARTITIONS)
                .mapToObj(partition -> Script.count(ledger.committedIn(partition)))
                .collect(Collectors.joining(", "));
        script.step("Topic " + TOPIC + " filled: " + Script.count(options.records()) + " records with headers, "
                + Script.count(ledger.tombstones()) + " of them tombstones");
        script.say("   in partitions of " + shares + "; and, in between, " + Script.count(ledger.abortedOrders())
                + " that were aborted");
        return ledger;
    }

    private void exportWithAKill(ExportRuns pagewalk, String servers, Path output)
            throws IOException, InterruptedException {
        int pageSize = options.records() / PAGES;
        List<String> source =
                List.of("export", "--bootstrap-server", servers, "--topic", TOPIC, "--output", output.toString());
        List<String> settings = List.of(
                "--page-size",
                Integer.toString(pageSize),
                "--file-size",
                Integer.toString(pageSize / FILES_PER_PAGE),
                "--progress",
                "none");
        List<String> export = Stream.of(source, settings).flatMap(List::stream).toList();
        Path log = output.resolve(OutputLayout.logs(new LogName(TOPIC, 1)) + "/1");

        script.step("$ " + shell(source) + " \\");
        script.quote("    " + Script.command(settings));
        long killed = pagewalk.runAndKill(export, log, PAGES_BEFORE_KILL);
        script.say("   $ kill -9 " + killed + "   (after page " + ExportRuns.committedPages(log) + ")");

        List<String> status = List.of("status", "--output", output.toString());
        script.step("$ " + shell(status));
        expect(STOPPED_EARLY, pagewalk.run(status), "status");

        script.step("The same export command again");
        expect(0, pagewalk.run(export), "export");
    }

    private void prove(Path output, Ledger ledger) throws IOException {
        script.step("Reading the files back, with parquet-java's own reader, and comparing with what was produced");
        ReadBack.Result result = ReadBack.compare(output, ledger);
        if (!result.findings().isEmpty()) {
            throw new ExportFailedException(
                    "the export is wrong in " + result.findings().size() + " records, such as "
                            + result.findings().get(0) + "; please report this, with " + output.toAbsolutePath());
        }
        synchronized (this) {
            proven = true;
        }
        script.say("   PROVEN: all " + Script.count(result.records()) + " records are there exactly once, in "
                + Script.count(result.files()) + " files, with the key, value, timestamp and headers");
        script.say("   they were produced with; none of the " + Script.count(ledger.abortedOrders())
                + " aborted ones is.");
    }

    private void waitToLeave(String servers) throws InterruptedException {
        script.say("");
        script.say("The broker stays up at " + servers + " until you press Enter or Ctrl-C.");
        Thread reader = new Thread(this::readLine, "demo: input");
        reader.setDaemon(true);
        reader.start();
        leave.await();
    }

    /** Input that ends, as in the background, is nobody's wish to leave. */
    private void readLine() {
        try {
            int read = in.read();
            while (read >= 0 && read != '\n') {
                read = in.read();
            }
            if (read >= 0) {
                leave.countDown();
            }
        } catch (IOException e) {
            script.say("No input: end this with Ctrl-C.");
        }
    }

    private String shell(List<String> arguments) {
        return Script.command(options.launcher()) + " " + Script.command(arguments);
    }

    private static void expect(int wanted, int code, String command) {
        if (code != wanted) {
            throw new ExportFailedException(command + " ended with exit code " + code + " instead of " + wanted);
        }
    }
}
