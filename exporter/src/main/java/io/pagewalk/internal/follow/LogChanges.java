package io.pagewalk.internal.follow;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.TableChangedException;
import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.internal.log.LoggedEntry;
import io.pagewalk.internal.log.RunLogs;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.ExportState;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.plan.Window;
import io.pagewalk.plan.WindowCalendar;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.CheckpointStores;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.FileContent;
import io.pagewalk.table.TableChange;
import io.pagewalk.table.TableFile;
import io.pagewalk.table.TablePosition;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the logs of a series say behind a table's position. It holds the files of one transaction at a time, whatever is behind. For one
 * thread.
 */
final class LogChanges {
    private final CheckpointStores stores;
    private final RunLogs logs;

    /** @param logs the same, as they are read by who looks for the end */
    LogChanges(CheckpointStores stores, RunLogs logs) {
        this.stores = stores;
        this.logs = logs;
    }

    /** Where a table is that has all that is committed: at the last page. */
    TablePosition end() {
        return logs.last().map(found -> endOf(found.state())).orElse(TablePosition.NOTHING);
    }

    /** Likewise, by what is known of the last run: a run without a page yet has nothing for the table. */
    static TablePosition endOf(ExportState state) {
        Checkpoint last = state.last();
        long page = last.body().kind() == Checkpoint.Kind.PAGE
                ? last.sequence()
                : last.links().page();
        return TablePosition.NOTHING.at(state.series().number(), page);
    }

    /** Where a table is that has all of one run. */
    TablePosition endOf(int run) {
        return logs.at(run).map(found -> endOf(found.state())).orElse(TablePosition.NOTHING);
    }

    /** How many pages are committed up to a position, of all runs. */
    long pagesAt(TablePosition position) {
        if (position.run() == 0) {
            return 0;
        }
        try {
            CheckpointStore log = stores.of(position.run());
            Checkpoint.Start start = start(log);
            return start.series().before().pages()
                    + entry(log, position.sequence()).body().totals().pages();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * The next transaction.
     *
     * @param from the table's position
     * @param target where it is to come to, behind {@code from}
     */
    TableChange next(TablePosition from, TablePosition target) {
        try {
            return new Reading(from).upTo(target);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** A transaction without a page, which says anew where a table is. */
    TableChange nothing(TablePosition position) {
        try {
            return new Reading(position).nothing();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * All that a run has for a table.
     *
     * @param last the last entry that counts
     */
    List<TableFile> filesOf(int run, long last) {
        try {
            Reading reading = new Reading(TablePosition.NOTHING.at(run, 0));
            CheckpointStore log = stores.of(run);
            reading.begin(start(log));
            long end = Math.min(last, log.lastSequence().orElse(0));
            for (long sequence = 1; sequence <= end; sequence++) {
                if (entry(log, sequence).body() instanceof Checkpoint.PageCommit page) {
                    reading.add(page);
                }
            }
            return reading.files;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private ExportFailedException failed(IOException e) {
        return new ExportFailedException(
                "cannot read the checkpoints in " + stores.location() + ": " + Reasons.describe(e) + "; run again", e);
    }

    private static Checkpoint.Start start(CheckpointStore log) throws IOException {
        if (entry(log, 0).body() instanceof Checkpoint.Start start) {
            return start;
        }
        throw new ExportFailedException(CheckpointLog.place(0, log) + " does not begin a run; verify tells more");
    }

    private static Checkpoint entry(CheckpointStore log, long sequence) throws IOException {
        return LoggedEntry.read(log, sequence, CheckpointLog.place(sequence, log))
                .checkpoint();
    }

    /** One transaction, as it is put together. */
    private final class Reading {
        private final TablePosition from;
        private final List<TableFile> files = new ArrayList<>();
        private final SortedMap<Integer, OffsetRange> offsets = new TreeMap<>();
        private long pages;
        private @Nullable LocalDate date;

        Reading(TablePosition from) {
            this.from = from;
        }

        TableChange upTo(TablePosition target) throws IOException {
            TablePosition begin = begin();
            TablePosition reached = begin;
            for (int run = begin.run(); run <= target.run(); run++) {
                long first = run == begin.run() ? begin.sequence() + 1 : 1;
                CheckpointStore log = stores.of(run);
                long last = run == target.run()
                        ? target.sequence()
                        : log.lastSequence().orElse(0);
                if (first <= last) {
                    begin(start(log));
                }
                for (long sequence = first; sequence <= last; sequence++) {
                    if (entry(log, sequence).body() instanceof Checkpoint.PageCommit page) {
                        if (!files.isEmpty() && files.size() + page.files().size() > TableChange.MOST_FILES) {
                            return change(reached);
                        }
                        add(page);
                    }
                    reached = begin.at(run, sequence);
                }
            }
            return change(begin.at(target.run(), target.sequence()));
        }

        /** @throws TableChangedException if it has files of runs that have expired */
        private TablePosition begin() throws IOException {
            int expired = stores.expired();
            TablePosition begin = from.run() == 0 ? new TablePosition(expired + 1, expired + 1, 0) : from;
            if (begin.firstRun() <= expired) {
                throw new TableChangedException(
                        "runs up to " + expired + " in " + stores.location()
                                + " have expired, and their files are gone, but the table still has those from run "
                                + begin.firstRun() + " on: it was rolled back to before they were removed from it",
                        Advice.DETACH_THE_TABLE);
            }
            return begin;
        }

        TableChange nothing() throws IOException {
            return change(begin());
        }

        private TableChange change(TablePosition after) {
            return new TableChange(from, after, files, pages, offsets);
        }

        void begin(Checkpoint.Start start) {
            Window window = start.options().window();
            WindowCalendar calendar = start.options().calendar();
            date = window == null || calendar == null ? null : LocalDate.ofInstant(window.start(), calendar.zone());
        }

        void add(Checkpoint.PageCommit page) {
            pages++;
            for (DataFile file : page.files()) {
                offsets.merge(file.slice().partition(), file.slice().range(), Reading::span);
                if (file.content().records() > 0) {
                    files.add(tableFile(file));
                }
            }
        }

        private TableFile tableFile(DataFile file) {
            FileContent.Bounds bounds = Objects.requireNonNull(file.content().bounds());
            return new TableFile(
                    file.name(),
                    file.bytes(),
                    file.content().records(),
                    file.slice().partition(),
                    bounds.firstOffset(),
                    bounds.lastOffset(),
                    bounds.minTimestamp(),
                    bounds.maxTimestamp(),
                    date);
        }

        private static OffsetRange span(OffsetRange one, OffsetRange other) {
            return new OffsetRange(Math.min(one.start(), other.start()), Math.max(one.end(), other.end()));
        }
    }
}
