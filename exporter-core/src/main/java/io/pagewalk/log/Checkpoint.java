package io.pagewalk.log;

import io.pagewalk.model.Compaction;
import io.pagewalk.model.Extent;
import io.pagewalk.model.FileNaming;
import io.pagewalk.model.PageToken;
import io.pagewalk.payload.MetSchema;
import io.pagewalk.payload.PinnedSchemas;
import io.pagewalk.plan.DeadLettersOf;
import io.pagewalk.plan.ExportPlan.PartitionState;
import io.pagewalk.plan.TopicFacts;
import io.pagewalk.spi.DataFile;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an export's log. Entry 0 starts the export, every page has one entry, losses have theirs in between, and
 * the last says complete. The log is also the manifest of the output.
 *
 * @param sequence the entry's number, from 0
 * @param exportId the export the log belongs to
 * @param topic the exported topic
 * @param origin the run that committed the entry
 * @param committedAt when it did, by its own clock
 * @param previous the checksum of the entry before, empty for entry 0
 * @param links where the entries before it are that have to be found
 * @param body what the entry says
 */
public record Checkpoint(
        long sequence,
        String exportId,
        String topic,
        Origin origin,
        Instant committedAt,
        String previous,
        EntryLinks links,
        Body body) {
    /** What entries there are. Whoever decides by it does so in a switch expression, which a new kind breaks. */
    public enum Kind {
        START,
        PAGE,
        LOSS,
        SCHEMAS,
        COMPLETE;

        /** As the log writes it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What an entry says. */
    public sealed interface Body permits Start, PageCommit, Loss, Schemas, Complete {
        Kind kind();

        /** The data files that this entry lists. */
        default List<DataFile> files() {
            return List.of();
        }

        /** What this entry records as lost. */
        default List<LostRange> losses() {
            return List.of();
        }

        /** What is committed, and what is lost, once this entry is there. */
        Totals totals();

        /** Hands this over as what it is. */
        <E extends Exception> void accept(Visitor<E> visitor) throws E;
    }

    /**
     * Tells the kinds of entries apart; a new kind does not compile before everybody says what it means to them.
     *
     * @param <E> what it throws
     */
    public interface Visitor<E extends Exception> {
        void start(Start start) throws E;

        void page(PageCommit page) throws E;

        void loss(Loss loss) throws E;

        void schemas(Schemas schemas) throws E;

        void complete(Complete complete) throws E;
    }

    /**
     * The export exists.
     *
     * @param extent what it covers
     * @param options what it keeps to
     * @param naming how its data files are called
     * @param frozenAt when the extent was frozen
     * @param compaction whether the topic was compacted then
     * @param openTransactions the partitions whose last stable offset an open transaction held back then
     * @param next the token of page 1
     * @param deadLettersOf whose dead letters it is made of, or null if it is made of the topic
     * @param series which run of a series it is
     * @param topicFacts what the topic was set to then, or null if the export is made of no topic
     * @param schemas what its typed columns were made of then, or null if it has none
     */
    public record Start(
            Extent extent,
            PinnedOptions options,
            FileNaming naming,
            Instant frozenAt,
            Compaction compaction,
            List<PartitionState> openTransactions,
            PageToken next,
            @Nullable DeadLettersOf deadLettersOf,
            SeriesRun series,
            @Nullable TopicFacts topicFacts,
            @Nullable PinnedSchemas schemas)
            implements Body {
        public Start {
            openTransactions = List.copyOf(openTransactions);
        }

        /** Of the first run, of a topic of which nothing else is known. */
        public Start(
                Extent extent,
                PinnedOptions options,
                FileNaming naming,
                Instant frozenAt,
                Compaction compaction,
                List<PartitionState> openTransactions,
                PageToken next,
                @Nullable DeadLettersOf deadLettersOf) {
            this(
                    extent,
                    options,
                    naming,
                    frozenAt,
                    compaction,
                    openTransactions,
                    next,
                    deadLettersOf,
                    SeriesRun.FIRST,
                    null,
                    null);
        }

        @Override
        public Kind kind() {
            return Kind.START;
        }

        @Override
        public Totals totals() {
            return Totals.NONE;
        }

        @Override
        public <E extends Exception> void accept(Visitor<E> visitor) throws E {
            visitor.start(this);
        }

        /** The same, with other facts of the topic. */
        public Start with(TopicFacts facts) {
            return new Start(
                    extent,
                    options,
                    naming,
                    frozenAt,
                    compaction,
                    openTransactions,
                    next,
                    deadLettersOf,
                    series,
                    facts,
                    schemas);
        }

        /** Whether totals are those of the whole export: every offset is accounted for, and each dead letter is there. */
        public boolean isAll(Totals totals) {
            return totals.addUpTo(extent.size())
                    && (deadLettersOf == null
                            ? totals.elsewhere() == 0
                            : totals.records() + totals.setAside() == deadLettersOf.records());
        }
    }

    /**
     * A page is committed.
     *
     * @param files one a slice, in the page's order
     * @param gaps how many committed offsets hold no record and are not lost, by partition, this page included;
     *     partitions without any are left out
     * @param totals this page included
     * @param next the token of what remains
     */
    public record PageCommit(List<DataFile> files, SortedMap<Integer, Long> gaps, Totals totals, PageToken next)
            implements Body {
        public PageCommit {
            files = List.copyOf(files);
            gaps = Collections.unmodifiableSortedMap(new TreeMap<>(gaps));
        }

        @Override
        public Kind kind() {
            return Kind.PAGE;
        }

        /** The page's number, from 1. */
        public long page() {
            return next.page() - 1;
        }

        @Override
        public <E extends Exception> void accept(Visitor<E> visitor) throws E {
            visitor.page(this);
        }
    }

    /**
     * Offsets of the extent are gone from the topic, and the export goes on without them. The entry comes before any file
     * that omits them is published, and changes no plan. What it says to be lost no other entry does.
     *
     * @param ranges what is lost, never empty
     * @param totals what is committed so far, and what is lost, this entry included
     */
    public record Loss(List<LostRange> ranges, Totals totals) implements Body {
        public Loss {
            ranges = List.copyOf(ranges);
        }

        @Override
        public Kind kind() {
            return Kind.LOSS;
        }

        @Override
        public List<LostRange> losses() {
            return ranges;
        }

        @Override
        public <E extends Exception> void accept(Visitor<E> visitor) throws E {
            visitor.loss(this);
        }
    }

    /**
     * Ids were met in payloads that were not pinned. The entry comes before any file that depends on what they stand for, and changes
     * no plan.
     *
     * @param met what they stand for, never empty
     * @param totals what is committed so far, and what is lost
     */
    public record Schemas(List<MetSchema> met, Totals totals) implements Body {
        public Schemas {
            met = List.copyOf(met);
        }

        @Override
        public Kind kind() {
            return Kind.SCHEMAS;
        }

        @Override
        public <E extends Exception> void accept(Visitor<E> visitor) throws E {
            visitor.schemas(this);
        }
    }

    /** Nothing remains. */
    public record Complete(Totals totals) implements Body {
        @Override
        public Kind kind() {
            return Kind.COMPLETE;
        }

        @Override
        public <E extends Exception> void accept(Visitor<E> visitor) throws E {
            visitor.complete(this);
        }
    }
}
