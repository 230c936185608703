package io.pagewalk.campaign;

import io.pagewalk.it.fixture.Records;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * An export that goes on as a series while its topic grows. It is drawn apart from the rest of a plan, whose attempts it replaces.
 *
 * @param rounds how often the topic grows, and the series goes on
 * @param window hour or day, or empty if it has no windows
 * @param kept how many runs an expiry leaves; 0 if none expire
 */
record SeriesPlan(int rounds, String window, boolean flat, boolean marked, int kept) {
    /** The topic's records are spread over so many windows. */
    private static final int WINDOWS = 7;

    /** Of a third of the plans that allow for it. */
    static Optional<SeriesPlan> of(Plan plan) {
        SplittableRandom random = new SplittableRandom(plan.seed() ^ 0x5e71e5);
        boolean possible = plan.deletion().isEmpty()
                && plan.naming() != Plan.Naming.TWIN
                && plan.content().compaction() == Plan.Compaction.NONE
                && plan.bounds().equals(Plan.Bounds.NONE);
        if (!possible || random.nextInt(3) > 0) {
            return Optional.empty();
        }
        String window = List.of("", "hour", "day").get(random.nextInt(3));
        boolean flat = random.nextInt(4) == 0;
        return Optional.of(new SeriesPlan(
                random.nextInt(2, 5),
                window,
                flat,
                !window.isEmpty() && !flat && random.nextBoolean(),
                random.nextInt(3) == 0 ? random.nextInt(1, 4) : 0));
    }

    /** From one record to the next, in milliseconds. */
    long step(int records) {
        return window.isEmpty() ? 1 : Math.max(1, WINDOWS * windowMillis() / records);
    }

    private long windowMillis() {
        return window.equals("hour") ? 3_600_000 : 86_400_000;
    }

    /**
     * The options of a round.
     *
     * @param sent how many records there are by then
     * @param all whether no more follow
     */
    List<String> options(int sent, int records, boolean all) {
        if (window.isEmpty()) {
            return List.of("--incremental");
        }
        long end = Records.FIRST_TIMESTAMP + sent * step(records) + (all ? 2 * windowMillis() : 0);
        List<String> options = new ArrayList<>(List.of(
                "--window",
                window,
                "--layout",
                flat ? "flat" : "hive",
                "--from",
                Instant.ofEpochMilli(Records.FIRST_TIMESTAMP).toString(),
                "--to",
                Instant.ofEpochMilli(end).toString()));
        if (marked) {
            options.add("--success-marker");
        }
        return options;
    }

    @Override
    public String toString() {
        return "series of " + rounds + " rounds"
                + (window.isEmpty() ? "" : " by " + window + (flat ? ", flat" : marked ? ", marked" : ""))
                + (kept == 0 ? "" : ", all but " + kept + " runs expire");
    }
}
