package io.pagewalk.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.ExportPlace;
import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.error.TableChangedException;
import io.pagewalk.follow.CommitRule;
import io.pagewalk.follow.StoredTable;
import io.pagewalk.follow.TableRequest;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.deletion.SeriesExpiry;
import io.pagewalk.internal.export.Access;
import io.pagewalk.internal.export.ExportPlaces;
import io.pagewalk.internal.export.FoundExport;
import io.pagewalk.internal.follow.FollowedPlace;
import io.pagewalk.internal.follow.RunTable;
import io.pagewalk.internal.iceberg.FaultyCatalog;
import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.internal.log.LoggedEntry;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.run.BegunRun;
import io.pagewalk.internal.storage.SimulatedCrash;
import io.pagewalk.internal.storage.SimulatedDisk;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.Expiry;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.DataFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An export on a simulated disk and a table in a catalog in memory, with everything real in between, and a life of both: processes die, the
 * catalog fails, and others change the table.
 */
final class FollowedWorld {
    private static final int MOST_COMMANDS = 300;

    private final String description;
    final Random random;
    final SimulatedDisk disk;
    final FaultyCatalog catalog = FaultyCatalog.empty();
    final TableOthers others;
    /** Whether others do what cannot be told from other things afterwards. */
    final boolean hostile;
    /** Whether the table is brought level by a thread of its own; if not, all happens in one order. */
    final boolean threaded;

    private final SimulatedExport export;
    private final int runs;
    private final Map<String, String> catalogSettings = SimulatedTables.settings(catalog);
    private final Set<String> expired = new HashSet<>();
    private String table = "db.orders";
    private int tables = 1;
    private boolean reapply;
    private boolean rivals = true;
    /** How often somebody had to decide. */
    final List<Advice> stops = new ArrayList<>();

    final AtomicInteger opened = new AtomicInteger();
    final FollowedFaults.Budget budget = new FollowedFaults.Budget();

    FollowedWorld(long seed, boolean threaded, SimulatedExport export, int runs) {
        this.random = new Random(seed);
        this.disk = new SimulatedDisk(seed);
        this.hostile = random.nextBoolean();
        this.threaded = threaded;
        this.export = export;
        this.runs = runs;
        this.others = new TableOthers(catalog, random);
        this.description = "seed " + seed + (hostile ? ", hostile" : "") + (threaded ? ", with threads" : "");
    }

    String table() {
        return table;
    }

    /** Not while somebody detaches the table: they would have it follow anew. */
    boolean hasRivals() {
        return rivals;
    }

    private interface Command {
        void in(FollowedProcess process) throws IOException;
    }

    /** Exports, lets runs expire, and looks once more; in the end the table has what it is to have. */
    void live() throws IOException {
        try {
            until(this::export);
            if (random.nextBoolean()) {
                until(this::expire);
            }
            until(random.nextBoolean() ? this::export : this::sync);
            assertExact();
        } finally {
            SimulatedTables.forget(catalogSettings);
        }
    }

    private void until(Command command) throws IOException {
        String last = "";
        for (int round = 0; round < MOST_COMMANDS; round++) {
            try (FollowedProcess process = new FollowedProcess(this)) {
                process.harm();
                command.in(process);
                reapply = false;
                return;
            } catch (SimulatedCrash | ExportFailedException | StoppedException e) {
                last = String.valueOf(e.getMessage());
            } catch (IOException e) {
                // Of an operation that has failed, or of what it has left.
                assertThat(budget.happened).as("%s: %s", description, e).isPositive();
                last = e.toString();
            } catch (TableChangedException e) {
                assertThat(e.getMessage()).as(description).isNotBlank().doesNotContain("\n");
                last = e.getMessage();
                decide(e);
            } finally {
                disk.end(random.nextBoolean() ? SimulatedDisk.Outage.KILLED : SimulatedDisk.Outage.POWER_LOST);
            }
            assertNeverAhead();
        }
        throw new AssertionError(description + ": " + MOST_COMMANDS + " commands have not done it: " + last);
    }

    /** Takes the way out that the failure names. */
    private void decide(TableChangedException stop) throws IOException {
        stops.add(stop.advice());
        if (stop.advice() == Advice.REAPPLY) {
            reapply = true;
            return;
        }
        // Nobody looks here, so nobody accepts.
        assertThat(stop.advice())
                .as("%s: %s", description, stop.getMessage())
                .isIn(Advice.DETACH_THE_TABLE, Advice.ACCEPT_THE_TABLE);
        assertThat(hostile
                        || stop.getMessage().contains("does not have the file")
                        || stop.getMessage().contains("have expired"))
                .as("%s: %s", description, stop.getMessage())
                .isTrue();
        reapply = false;
        disk.end(SimulatedDisk.Outage.KILLED);
        rivals = false;
        until(process -> {
            FollowedPlace place = process.place();
            if (place.follower().isPresent()) {
                stored(process, place).detach();
            }
        });
        rivals = true;
        table = "db.again" + tables++;
    }

    private TableRequest request() {
        CommitRule rule = threaded ? CommitRule.EVERY_PAGE : CommitRule.AT_END;
        return new TableRequest(SimulatedTables.FORMAT, table, catalogSettings, rule, reapply);
    }

    private void export(FollowedProcess process) throws IOException {
        StopSignal stop = new StopSignal();
        Access access = process.connection().access(stop);
        try (ExportPlaces places = ExportPlaces.openToRun(
                        access,
                        SimulatedPlaces.OUTPUT,
                        null,
                        SimulatedExport.ID,
                        SimulatedTopic.NAME,
                        process.connection().newOrigin());
                RunTable following = new RunTable(
                        process.connection(),
                        access,
                        request(),
                        ExportPlace.of(SimulatedPlaces.OUTPUT),
                        places,
                        stop,
                        why -> {})) {
            export.runSeries(places, runs, beside(following), totals -> {
                following.committed(totals);
                if (!threaded && random.nextInt(3) == 0) {
                    syncIfThatGoes(process);
                }
            });
            if (threaded) {
                following.awaitLevel();
            } else {
                sync(process);
            }
        }
    }

    private static SimulatedSeries.Beside beside(RunTable table) {
        return new SimulatedSeries.Beside() {
            @Override
            public ExportPlan prepared(ExportPlan plan) {
                return table.prepared(plan);
            }

            @Override
            public void begin(BegunRun run) {
                table.begin(run);
            }
        };
    }

    private StoredTable stored(FollowedProcess process, FollowedPlace place) {
        return place.by(request(), expiry -> removeRuns(process, expiry), removal -> 0);
    }

    private void sync(FollowedProcess process) {
        assertThat(stored(process, process.place()).sync().isLevel())
                .as(description)
                .isTrue();
    }

    private void syncIfThatGoes(FollowedProcess process) {
        try {
            stored(process, process.place()).sync();
        } catch (PagewalkException e) {
            assertThat(e.getMessage()).as(description).isNotBlank().doesNotContain("\n");
        }
    }

    /** Somebody else brings the table level, on another machine. */
    void rival() {
        try (FollowedProcess other = new FollowedProcess(this)) {
            other.place()
                    .by(
                            new TableRequest(SimulatedTables.FORMAT, table, catalogSettings, CommitRule.AT_END, false),
                            e -> {},
                            e -> 0)
                    .sync();
        } catch (PagewalkException e) {
            assertThat(e.getMessage()).as(description).isNotBlank().doesNotContain("\n");
        } catch (IOException e) {
            throw new AssertionError(description, e);
        }
    }

    private void expire(FollowedProcess process) throws IOException {
        sync(process);
        try (ExportPlaces places = process.places()) {
            Claim claim = places.claim();
            Expiry expiry = new SeriesExpiry(places.output(), places.stores(), places.logs(), claim).butLast(1);
            for (int run = expiry.first(); run <= expiry.last(); run++) {
                expired.addAll(files(places.stores().of(run)));
            }
            if (!expiry.isEmpty()) {
                stored(process, process.place()).expire(expiry);
            }
        }
    }

    private static void removeRuns(FollowedProcess process, Expiry expiry) {
        try (ExportPlaces places = process.places()) {
            new SeriesExpiry(places.output(), places.stores(), places.logs(), places.claim()).expire(expiry);
        } catch (IOException e) {
            throw new ExportFailedException("injected", e);
        }
    }

    /** The files of pages that are committed, by the logs as they are on the disk. */
    private List<String> committed() throws IOException {
        List<String> committed = new ArrayList<>();
        try (FollowedProcess process = new FollowedProcess(this);
                ExportPlaces places = process.places()) {
            int gone = places.stores().expired();
            for (int run : places.stores().runs()) {
                if (run > gone) {
                    committed.addAll(files(places.stores().of(run)));
                }
            }
        }
        disk.end(SimulatedDisk.Outage.KILLED);
        committed.sort(null);
        return committed;
    }

    private static List<String> files(CheckpointStore log) throws IOException {
        List<String> files = new ArrayList<>();
        for (long sequence : log.sequences()) {
            Checkpoint entry = LoggedEntry.read(log, sequence, CheckpointLog.place(sequence, log))
                    .checkpoint();
            if (entry.body() instanceof Checkpoint.PageCommit page) {
                page.files().stream()
                        .filter(file -> file.content().records() > 0)
                        .map(DataFile::name)
                        .forEach(files::add);
            }
        }
        return files;
    }

    /** Whatever has happened, readers see no file twice, and none of a page that is not committed. */
    private void assertNeverAhead() throws IOException {
        List<String> seen = others.seen(table);
        assertThat(seen).as("%s: files in the table", description).doesNotHaveDuplicates();
        Set<String> known = new TreeSet<>(committed());
        known.addAll(expired);
        assertThat(known).as("%s: files in the log", description).containsAll(seen);
    }

    private void assertExact() throws IOException {
        List<String> committed = committed();
        assertThat(others.seen(table))
                .as("%s: files in table %s", description, table)
                .isEqualTo(committed);
        assertThat(committed).as(description).isNotEmpty();
        try (FollowedProcess process = new FollowedProcess(this)) {
            StoredTable stored = stored(process, process.place());
            assertThat(stored.level().isLevel()).as(description).isTrue();
            if (others.compactions() == 0) {
                assertThat(stored.differences()).as(description).isEmpty();
            }
        }
    }

    /** Where the export is, as far as that is known without looking. */
    static FoundExport found() {
        return new FoundExport(new io.pagewalk.internal.log.LogName(SimulatedExport.ID, 1), null);
    }
}
