package io.pagewalk.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.error.Advice;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.model.Direction;
import io.pagewalk.plan.Windows;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A series and its table, while processes die at any operation, the catalog loses replies and fails before and after commits, and others append, compact, roll
 * back, expire, drop, and bring the table level themselves. In the end the files of every committed page are in the table exactly once, maybe by the way out
 * that a stop has named; and never has the table a page that the log does not have.
 */
class FollowedSimulationIT {
    private static final int RUNS = 4;
    private final ClassLoader usual = Thread.currentThread().getContextClassLoader();

    /** Finds the simulated places and catalogs, which other tests are not to find. */
    @BeforeEach
    void findSimulated() {
        URL services = Objects.requireNonNull(getClass().getResource("/simulated/"));
        Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[] {services}, usual));
    }

    @AfterEach
    void findTheUsual() {
        Thread.currentThread().setContextClassLoader(usual);
    }

    private static FollowedWorld world(long seed) {
        // Where threads race, a seed says what is likely to happen; the others happen again.
        boolean threaded = seed % 4 == 3;
        SimulatedExport export = new SimulatedExport(
                new SimulatedTopic(seed, 30, 9, 4), seed % 2 == 0 ? Direction.ASC : Direction.DESC, 5, 3, "parquet");
        return new FollowedWorld(seed, threaded, seed % 3 == 0 ? export.inWindows(Windows.Layout.HIVE) : export, RUNS);
    }

    @Test
    void everyCommittedPageIsInTheTableOnceOrSomebodyIsToldWhyAndWhatToDo() throws IOException {
        Long only = Long.getLong("pagewalk.seed");
        long first = only == null ? System.nanoTime() % 1_000_000 : only;
        int count = only == null ? LongTests.count(6, 100) : 1;
        int reapplied = 0;
        int detached = 0;
        int happened = 0;
        int compactions = 0;
        for (long seed = first; seed < first + count; seed++) {
            FollowedWorld world = world(seed);
            try {
                world.live();
            } catch (RuntimeException | AssertionError | IOException e) {
                throw new AssertionError("seed " + seed + " (-Dpagewalk.seed=" + seed + "): " + e.getMessage(), e);
            }
            reapplied += world.stops.contains(Advice.REAPPLY) ? 1 : 0;
            detached += world.stops.contains(Advice.DETACH_THE_TABLE) ? 1 : 0;
            happened += world.budget.happened;
            compactions += world.others.compactions();
        }
        if (only == null) {
            assertThat(happened).as("crashes and failures, from seed %d", first).isGreaterThan(5 * count);
            assertThat(compactions).as("compactions, from seed %d", first).isPositive();
        }
        if (count >= 100) {
            assertThat(reapplied).as("reapplied, from seed %d", first).isPositive();
            assertThat(detached).as("detached, from seed %d", first).isPositive();
        }
    }
}
