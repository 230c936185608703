package io.pagewalk.campaign;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.PrimitiveIterator;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Randomized exports from a real broker, whose runners are killed, paused and set against each other, and whose broker is killed,
 * until each is complete; then compared with what was produced. Each run follows from a seed of its own; only when its faults
 * strike is up to the machine.
 */
public final class Campaign {
    private static final String USAGE = """
            Usage: integration-tests/campaign [--runs N] [--seed S] [--only SEED]

              --runs N     how many exports (default: 200)
              --seed S     from which the seeds of the runs follow (default: another one each time)
              --only SEED  one export, with the seed that a run was printed with

            Exit codes: 0 all well, 1 a run failed; its directory is kept, 2 wrong usage
            """;

    private final Path dir;
    private final PrintStream out;
    private final Tally total = new Tally();
    private int failures;

    private Campaign(Path dir, PrintStream out) {
        this.dir = dir;
        this.out = out;
    }

    /** See the usage. */
    public static void main(String[] args) throws Exception {
        int runs = 200;
        long seed = System.nanoTime() & 0xffffffffL;
        LongStream only = null;
        try {
            for (int i = 0; i < args.length; i += 2) {
                switch (args[i]) {
                    case "--runs" -> runs = Integer.parseInt(args[i + 1]);
                    case "--seed" -> seed = Long.parseLong(args[i + 1]);
                    case "--only" -> only = LongStream.of(Long.parseLong(args[i + 1]));
                    default -> throw new IllegalArgumentException(args[i]);
                }
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            System.err.print(USAGE);
            System.exit(2);
        }
        if (only == null) {
            System.out.println("campaign of " + runs + " runs, --seed " + seed);
        }
        System.exit(run(only == null ? seeds(seed, runs) : only, System.out) ? 0 : 1);
    }

    /** The seeds of that many runs. */
    static LongStream seeds(long seed, int runs) {
        // Short enough to be typed.
        return new SplittableRandom(seed).longs(runs, 0, 1L << 40);
    }

    /** Prints a line for each run, and one for all. Whether all went well. */
    static boolean run(LongStream seeds, PrintStream out) throws IOException {
        Path dir = Files.createTempDirectory("pagewalk-campaign");
        Campaign campaign = new Campaign(dir, out);
        int runs = 0;
        try (CampaignBroker broker = CampaignBroker.start(dir.resolve("broker"))) {
            for (PrimitiveIterator.OfLong each = seeds.iterator(); each.hasNext(); ) {
                campaign.run(++runs, each.nextLong(), broker);
            }
        } finally {
            if (campaign.failures == 0) {
                delete(dir);
            }
        }
        out.println(runs + " runs, " + campaign.failures + " failures: " + campaign.total);
        return campaign.failures == 0;
    }

    private void run(int number, long seed, CampaignBroker broker) throws IOException {
        Plan plan = Plan.of(seed);
        Path runDir = dir.resolve("run-" + seed);
        Tally tally = new Tally();
        long began = System.nanoTime();
        String outcome;
        try {
            new CampaignRun(plan, broker, runDir, tally).run();
            delete(runDir);
            outcome = "ok";
        } catch (Exception | AssertionError e) {
            failures++;
            outcome = "FAILED, see " + runDir + ", repeat with --only " + seed + ": "
                    + e.toString().replaceAll("\\s+", " ");
        }
        total.add(tally);
        out.println(String.format(
                Locale.ROOT,
                "%d seed %d (%s): %s; %.1f s, %s",
                number,
                seed,
                plan,
                tally,
                (System.nanoTime() - began) / 1e9,
                outcome));
    }

    private static void delete(Path dir) throws IOException {
        try (Stream<Path> paths = Files.walk(dir)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
