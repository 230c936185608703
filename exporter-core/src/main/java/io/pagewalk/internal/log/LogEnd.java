package io.pagewalk.internal.log;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.Totals;
import io.pagewalk.model.Extent;
import io.pagewalk.model.PageToken;
import io.pagewalk.payload.MetSchema;
import io.pagewalk.spi.CheckpointStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The end of a log, and what it takes to go on from there.
 *
 * @param state where the export stands
 * @param checksum that of the last entry
 */
record LogEnd(ExportState state, String checksum) {
    /**
     * Looks for it; empty if the log has no entry. A long log is not read as a whole.
     *
     * @throws UsageException if an entry that was read is missing, damaged, of another export, or newer than this program
     * @throws ExportFailedException if the log cannot be read
     */
    static Optional<LogEnd> find(CheckpointStore store, String exportId) {
        return new Reading(store, exportId, new HashMap<>()).find();
    }

    /** @param ends the entries at the ends of the log, each of which is needed more than once */
    private record Reading(CheckpointStore store, String exportId, Map<Long, LoggedEntry> ends) {
        Optional<LogEnd> find() {
            try {
                OptionalLong lastSequence = store.lastSequence();
                if (lastSequence.isEmpty()) {
                    return Optional.empty();
                }
                LoggedEntry first = readEnd(0);
                long sequence = lastSequence.getAsLong();
                LoggedEntry before = sequence > 1 ? readEnd(sequence - 1) : first;
                LoggedEntry last = sequence == 0 ? first : readEnd(sequence);
                if (!(first.checkpoint().body() instanceof Checkpoint.Start start)
                        || (sequence > 0 && last.checkpoint().body() instanceof Checkpoint.Start)) {
                    throw new UsageException(
                            store.location() + " is damaged: entry 0 of a log starts the export, and no other",
                            Advice.RESTORE_THE_LOG);
                }
                if (sequence > 0) {
                    requireContinued(first, before, last);
                }
                Checkpoint.PageCommit lastPage = lastPage(last.checkpoint());
                requireOfExtent(start.extent(), start.next(), 0);
                if (lastPage != null) {
                    requireOfExtent(start.extent(), lastPage.next(), sequence);
                }
                ExportState state = new ExportState(
                        start,
                        last.checkpoint(),
                        lastPage,
                        losses(last.checkpoint()).list(),
                        schemas(last.checkpoint()));
                requireAddedUp(state);
                return Optional.of(new LogEnd(state, last.checksum()));
            } catch (NoSuchFileException e) {
                throw new UsageException(
                        store.location() + " is damaged: an entry is missing (" + Reasons.line(e) + ")",
                        Advice.RESTORE_THE_LOG,
                        e);
            } catch (IOException e) {
                throw new ExportFailedException(
                        "cannot read the checkpoints in " + store.location() + ": " + Reasons.describe(e)
                                + "; fix that and run again",
                        e);
            }
        }

        private void requireAddedUp(ExportState state) {
            Checkpoint.Start start = state.start();
            Checkpoint last = state.last();
            Totals totals = last.body().totals();
            if (state.isComplete() && !start.isAll(totals)) {
                throw new UsageException(
                        place(last.sequence()) + " is damaged: it says complete, but its totals do not"
                                + " add up to the " + start.extent().size() + " offsets of the extent: " + totals,
                        Advice.RESTORE_THE_LOG);
            }
        }

        private void requireOfExtent(Extent extent, PageToken next, long sequence) {
            boolean same = next.topic().equals(extent.topic())
                    && next.topicId().equals(extent.topicId())
                    && next.clusterId().equals(extent.clusterId())
                    && next.isolationLevel() == extent.isolationLevel();
            if (!same) {
                throw new UsageException(
                        place(sequence) + " is damaged: its page token is not of the export's topic",
                        Advice.RESTORE_THE_LOG);
            }
        }

        private void requireContinued(LoggedEntry first, LoggedEntry before, LoggedEntry last) {
            long sequence = last.checkpoint().sequence();
            String lastTopic = last.checkpoint().topic();
            if (!lastTopic.equals(first.checkpoint().topic())) {
                throw new UsageException(
                        place(sequence) + " is of topic " + lastTopic + ", but the log is of "
                                + first.checkpoint().topic(),
                        Advice.RESTORE_THE_LOG);
            }
            if (!last.checkpoint().previous().equals(before.checksum())) {
                throw new UsageException(
                        place(sequence)
                                + " is damaged: it does not continue the entry before it, which has changed since",
                        Advice.RESTORE_THE_LOG);
            }
        }

        private Checkpoint.@Nullable PageCommit lastPage(Checkpoint last) throws IOException {
            Checkpoint linked = switch (last.body().kind()) {
                case PAGE -> last;
                case START, LOSS, SCHEMAS, COMPLETE ->
                    last.links().page() == 0 ? null : readLinked(last.links().page(), last.sequence());
            };
            if (linked == null) {
                return null;
            }
            if (linked.body() instanceof Checkpoint.PageCommit page) {
                return page;
            }
            throw new UsageException(
                    place(last.links().page()) + " is damaged: it does not commit a page, as " + place(last.sequence())
                            + " says it does",
                    Advice.RESTORE_THE_LOG);
        }

        /** Collected along their links, so that a long log need not be read as a whole. */
        private LostRanges losses(Checkpoint last) throws IOException {
            LostRanges losses = new LostRanges();
            last.body().losses().forEach(losses::add);
            for (Checkpoint at = last; at.links().loss() != 0; ) {
                at = readLinked(at.links().loss(), at.sequence());
                if (at.body().losses().isEmpty()) {
                    throw new UsageException(
                            place(at.sequence()) + " is damaged: it records no loss, as an entry after it says it does",
                            Advice.RESTORE_THE_LOG);
                }
                at.body().losses().forEach(losses::add);
            }
            long lost = last.body().totals().lost();
            if (losses.size() != lost) {
                throw new UsageException(
                        place(last.sequence()) + " is damaged: it counts " + lost + " offsets as lost, but "
                                + losses.size() + " are on record",
                        Advice.RESTORE_THE_LOG);
            }
            return losses;
        }

        /** In the order of the log. */
        private List<MetSchema> schemas(Checkpoint last) throws IOException {
            Deque<MetSchema> schemas = new ArrayDeque<>();
            if (last.body() instanceof Checkpoint.Schemas own) {
                schemas.addAll(own.met());
            }
            for (Checkpoint at = last; at.links().schemas() != 0; ) {
                at = readLinked(at.links().schemas(), at.sequence());
                if (!(at.body() instanceof Checkpoint.Schemas found)) {
                    throw new UsageException(
                            place(at.sequence()) + " is damaged: it names no schema, as an entry after it says it does",
                            Advice.RESTORE_THE_LOG);
                }
                for (int i = found.met().size() - 1; i >= 0; i--) {
                    schemas.addFirst(found.met().get(i));
                }
            }
            return List.copyOf(schemas);
        }

        private Checkpoint readLinked(long sequence, long from) throws IOException {
            if (sequence < 0 || sequence >= from) {
                throw new UsageException(
                        place(from) + " is damaged: it refers to entry " + sequence + " as one before it",
                        Advice.RESTORE_THE_LOG);
            }
            return read(sequence).checkpoint();
        }

        private LoggedEntry readEnd(long sequence) throws IOException {
            LoggedEntry entry = read(sequence);
            ends.put(sequence, entry);
            return entry;
        }

        private LoggedEntry read(long sequence) throws IOException {
            LoggedEntry known = ends.get(sequence);
            if (known != null) {
                return known;
            }
            LoggedEntry entry = LoggedEntry.read(store, sequence, place(sequence));
            Checkpoint checkpoint = entry.checkpoint();
            if (checkpoint.sequence() != sequence) {
                throw new UsageException(
                        place(sequence) + " is damaged: it says it is entry " + checkpoint.sequence(),
                        Advice.RESTORE_THE_LOG);
            }
            if (!checkpoint.exportId().equals(exportId)) {
                throw new UsageException(
                        place(sequence) + " belongs to export " + checkpoint.exportId() + ", not to export " + exportId,
                        Advice.RESTORE_THE_LOG);
            }
            return entry;
        }

        private String place(long sequence) {
            return CheckpointLog.place(sequence, store);
        }
    }
}
