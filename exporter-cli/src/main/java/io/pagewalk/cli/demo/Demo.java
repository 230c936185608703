package io.pagewalk.cli.demo;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.error.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Shows on a real broker what Pagewalk promises: an export that is killed half-way goes on where it was, and every record is
 * there exactly once. Runs once; all but {@link #stop} on one thread.
 */
public final class Demo {
    private static final String STOPPED = "the demo was stopped before anything was proven";
    /** How many orders there are for one payment. */
    private static final int ORDERS_PER_PAYMENT = 5;

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
     * @param browse whether there is a page to browse its topics then; it stays up for that
     * @param launcher how the reader calls Pagewalk
     */
    public record Options(int records, @Nullable Path dir, boolean keepRunning, boolean browse, String launcher) {
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

        boolean staysUp() {
            return keepRunning || browse;
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
            Stage stage =
                    new Stage(new ExportRuns(children, temporary.path(), script), script, servers, options.launcher());
            Path orders = output.resolve(OrdersChapter.TOPIC);
            Path payments = output.resolve(PaymentsChapter.TOPIC);
            new OrdersChapter(stage, options.records(), orders).play();
            new PaymentsChapter(stage, options.records() / ORDERS_PER_PAYMENT, payments).play();
            synchronized (this) {
                proven = true;
            }
            script.say("   It took " + Duration.between(start, Instant.now()).toSeconds() + " s.");
            new NextSteps(options, output, servers).lines().forEach(script::say);
            if (options.browse()) {
                try (DemoPage page = DemoPage.start(servers, output)) {
                    script.say("");
                    script.say("Browse its topics at " + page.address());
                    waitToLeave(servers);
                }
            } else if (options.keepRunning()) {
                waitToLeave(servers);
            }
        }
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
}
