package io.pagewalk.internal.sink.parquet.column;

import io.pagewalk.row.RowEvents;
import java.io.IOException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageWriteStore;
import org.apache.parquet.column.statistics.Statistics;

/**
 * A leaf of a typed column: its levels, and values that another class keeps. Each leaf ends its pages by itself, between rows. There
 * may be thousands of leaves, so what one holds grows with what it was given, and pages are put together in memory that all share.
 */
abstract class LeafColumn {
    /**
     * What the leaves of a column share.
     *
     * @param page where one of their pages is put together
     * @param deltas packs numbers
     * @param runs packs levels and the numbers of dictionaries
     * @param pageBytes a leaf's page ends with the row in which it has so many bytes
     * @param pageRows or so many rows
     * @param dictionaryBytes how large the dictionary of a leaf may become
     */
    record Shared(
            PageBytes page, DeltaPacking deltas, RunPacking runs, int pageBytes, int pageRows, int dictionaryBytes) {}

    final Shared shared;
    final ColumnPages pages;

    private final int mostRepetition;
    private final int mostDefinition;
    private final int repetitionBits;
    private final int definitionBits;
    private final Levels repetitions = new Levels();
    private final Levels definitions = new Levels();
    private int rows;
    private int absent;

    LeafColumn(ColumnDescriptor column, Shared shared) {
        this.shared = shared;
        pages = new ColumnPages(column);
        mostRepetition = column.getMaxRepetitionLevel();
        mostDefinition = column.getMaxDefinitionLevel();
        repetitionBits = Integer.SIZE - Integer.numberOfLeadingZeros(mostRepetition);
        definitionBits = Integer.SIZE - Integer.numberOfLeadingZeros(mostDefinition);
    }

    /** Begins a row group, whose pages go there. */
    final void begin(PageWriteStore store) {
        pages.begin(store);
        beginValues();
    }

    abstract void beginValues();

    /** Adds an event. */
    final void add(RowEvents events, int event) throws IOException {
        if (levels(events.repetition(event), events.definition(event))) {
            value(events, event);
        }
    }

    /** Adds the levels of a value that is next, or of one that is not there; whether it is. */
    final boolean levels(int repetition, int definition) throws IOException {
        if (repetition == 0) {
            if (rows == shared.pageRows() || buffered() >= shared.pageBytes()) {
                endPage();
            }
            rows++;
        }
        if (mostRepetition > 0) {
            repetitions.add(repetition);
        }
        definitions.add(definition);
        if (definition < mostDefinition) {
            absent++;
            return false;
        }
        return true;
    }

    abstract void value(RowEvents events, int event);

    /** The bytes of the values of this page. */
    abstract long bufferedValues();

    private long buffered() {
        return bufferedValues() + definitions.count();
    }

    /** The bytes held: full pages as compressed, the last one as it is. */
    long size() {
        return pages.size() + buffered();
    }

    /** How much memory there is for more. */
    long capacity() {
        return (long) repetitions.capacity() + definitions.capacity();
    }

    /** Gives memory back; there is no value. */
    void release() {
        repetitions.release();
        definitions.release();
    }

    private void endPage() throws IOException {
        int count = definitions.count();
        if (count == 0) {
            return;
        }
        PageBytes page = shared.page();
        page.clear();
        if (mostRepetition > 0) {
            shared.runs().appendLevels(repetitions, repetitionBits, page);
        }
        shared.runs().appendLevels(definitions, definitionBits, page);
        Encoding encoding = encode(page);
        pages.write(page.toInput(), count, rows, statistics(absent), encoding);
        repetitions.clear();
        definitions.clear();
        rows = 0;
        absent = 0;
        clearValues();
    }

    /** Appends the values of the page, and says in which encoding. */
    abstract Encoding encode(PageBytes page);

    /** Those of the page, which has so many nulls. */
    abstract Statistics<?> statistics(int nulls);

    abstract void clearValues();

    /** Writes what is left of the row group. */
    void finish() throws IOException {
        endPage();
    }
}
