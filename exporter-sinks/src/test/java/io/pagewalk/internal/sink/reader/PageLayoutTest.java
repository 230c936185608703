package io.pagewalk.internal.sink.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.record.RecordView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.EncodingStats;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.column.columnindex.BoundaryOrder;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What footers and indexes say of pages, beside the pages as they lie in the file and the records that were written. Readers
 * use some of it only, and forgive much; what one of them skips by it is lost without a trace.
 */
class PageLayoutTest {
    @TempDir
    Path directory;

    static List<CorpusFile> files() {
        return Corpus.files();
    }

    @ParameterizedTest
    @MethodSource("files")
    void saysOfEveryPageWhatItIs(CorpusFile file) throws IOException {
        List<RecordView> records = file.records();
        Path path = file.write(directory, records);
        byte[] bytes = Files.readAllBytes(path);
        int row = 0;
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(path))) {
            for (BlockMetaData rowGroup : reader.getRowGroups()) {
                assertThat(rowGroup.getRowCount()).isPositive();
                int end = row + Math.toIntExact(rowGroup.getRowCount());
                assertThat(end).as("rows up to row group %s", rowGroup).isLessThanOrEqualTo(records.size());
                for (ColumnChunkMetaData column : rowGroup.getColumns()) {
                    String name = column.getPath().toDotString();
                    ColumnValues values =
                            new ColumnValues(name, file.settings().timestampUnit(), records.subList(row, end));
                    check(reader, bytes, column, values);
                }
                assertThat(rowGroup.getTotalByteSize())
                        .isEqualTo(rowGroup.getColumns().stream()
                                .mapToLong(ColumnChunkMetaData::getTotalUncompressedSize)
                                .sum());
                row = end;
            }
            assertThat(row).as("rows of all row groups").isEqualTo(records.size());
        }
        Files.delete(path);
    }

    /** Where they are not, Spark reads wrong values: SparkReaderIT says why. */
    @Test
    void pagesOfPackedDeltasAreCutAfterTheSameRows() throws IOException {
        CorpusFile file = files().stream()
                .filter(other -> other.name().equals(Corpus.LONG))
                .findFirst()
                .orElseThrow();
        Set<List<Long>> cuts = new HashSet<>();
        try (ParquetFileReader reader =
                ParquetFileReader.open(new LocalInputFile(file.write(directory, file.records())))) {
            assertThat(reader.getRowGroups()).hasSize(1);
            for (ColumnChunkMetaData column : reader.getRowGroups().get(0).getColumns()) {
                OffsetIndex index = reader.readOffsetIndex(column);
                assertThat(index.getPageCount()).as("pages of %s", column).isGreaterThan(1);
                if (Set.of("offset", "timestamp").contains(column.getPath().toDotString())) {
                    cuts.add(IntStream.range(0, index.getPageCount())
                            .mapToObj(index::getFirstRowIndex)
                            .toList());
                }
            }
        }
        assertThat(cuts).hasSize(1);
    }

    private static void check(ParquetFileReader reader, byte[] file, ColumnChunkMetaData column, ColumnValues values)
            throws IOException {
        List<RawPage> pages = RawPage.of(file, column);
        assertThat(pages.stream().mapToLong(RawPage::uncompressedSize).sum())
                .as("uncompressed size of %s", column)
                .isEqualTo(column.getTotalUncompressedSize());
        checkEncodings(column, pages);
        List<RawPage> dataPages = withoutDictionary(column, pages);
        checkThatNoNumbersFollowValues(column, dataPages);
        assertThat(dataPages.stream().mapToLong(RawPage::values).sum())
                .as("values of the pages of %s", column)
                .isEqualTo(values.count(0, values.rows()))
                .isEqualTo(column.getValueCount());
        int[] firstRows = checkOffsetIndex(reader.readOffsetIndex(column), dataPages, values, column);
        checkColumnIndex(reader.readColumnIndex(column), firstRows, values, column);
        checkStatistics(column, values);
    }

    private static List<RawPage> withoutDictionary(ColumnChunkMetaData column, List<RawPage> pages) {
        boolean dictionary = pages.get(0).isDictionary();
        List<RawPage> dataPages = pages.subList(dictionary ? 1 : 0, pages.size());
        assertThat(dataPages).as("data pages of %s", column).isNotEmpty().noneMatch(RawPage::isDictionary);
        assertThat(column.getDictionaryPageOffset())
                .as("where the dictionary of %s is", column)
                .isEqualTo(dictionary ? pages.get(0).start() : 0);
        assertThat(column.getFirstDataPageOffset())
                .as("where the first page of %s is", column)
                .isEqualTo(dataPages.get(0).start());
        return dataPages;
    }

    /** Spark's vectorized reader has no room for numbers of a dictionary after a page of values as they are. */
    private static void checkThatNoNumbersFollowValues(ColumnChunkMetaData column, List<RawPage> dataPages) {
        assertThat(dataPages.stream()
                        .map(RawPage::encoding)
                        .dropWhile(encoding -> encoding.equals(Encoding.RLE_DICTIONARY.name())))
                .as("encodings of the pages of %s", column)
                .doesNotContain(Encoding.RLE_DICTIONARY.name());
    }

    /** Whether a filter may look into the dictionary alone is decided by these. */
    private static void checkEncodings(ColumnChunkMetaData column, List<RawPage> pages) {
        EncodingStats stats = column.getEncodingStats();
        for (RawPage page : pages) {
            Encoding encoding = Encoding.valueOf(page.encoding());
            long as = pages.stream()
                    .filter(other -> other.isDictionary() == page.isDictionary()
                            && other.encoding().equals(page.encoding()))
                    .count();
            assertThat(column.getEncodings()).as("encodings of %s", column).contains(encoding);
            assertThat(
                            page.isDictionary()
                                    ? stats.getNumDictionaryPagesEncodedAs(encoding)
                                    : stats.getNumDataPagesEncodedAs(encoding))
                    .as("pages of %s as %s", column, encoding)
                    .isEqualTo((int) as);
        }
        assertThat(stats.getDataEncodings().stream().map(Encoding::name).collect(Collectors.toSet()))
                .isEqualTo(pages.stream()
                        .filter(page -> !page.isDictionary())
                        .map(RawPage::encoding)
                        .collect(Collectors.toSet()));
    }

    /** Returns the first row of each page, and at the end the number of rows. */
    private static int[] checkOffsetIndex(
            OffsetIndex index, List<RawPage> pages, ColumnValues values, ColumnChunkMetaData column) {
        assertThat(index.getPageCount()).as("pages of %s", column).isEqualTo(pages.size());
        int[] firstRows = new int[pages.size() + 1];
        for (int i = 0; i < pages.size(); i++) {
            firstRows[i] = Math.toIntExact(index.getFirstRowIndex(i));
        }
        firstRows[pages.size()] = values.rows();
        for (int i = 0; i < pages.size(); i++) {
            RawPage page = pages.get(i);
            assertThat(index.getOffset(i))
                    .as("place of page %s of %s", i, column)
                    .isEqualTo(page.start());
            assertThat(index.getCompressedPageSize(i))
                    .as("size of page %s of %s", i, column)
                    .isEqualTo(page.size());
            assertThat(firstRows[i]).as("rows of page %s of %s", i, column).isLessThan(firstRows[i + 1]);
            assertThat(values.count(firstRows[i], firstRows[i + 1]))
                    .as("values of page %s of %s", i, column)
                    .isEqualTo(page.values());
        }
        assertThat(firstRows[0]).as("first row of %s", column).isZero();
        return firstRows;
    }

    private static void checkColumnIndex(
            ColumnIndex index, int[] firstRows, ColumnValues values, ColumnChunkMetaData column) {
        if (index == null) {
            assertThat(values.isBounded())
                    .as("%s may lack a column index", column)
                    .isFalse();
            return;
        }
        int pages = firstRows.length - 1;
        assertThat(index.getNullPages()).as("pages of %s", column).hasSize(pages);
        for (int i = 0; i < pages; i++) {
            int from = firstRows[i];
            int to = firstRows[i + 1];
            long nulls = values.nulls(from, to);
            assertThat(index.getNullPages().get(i))
                    .as("page %s of %s is all null", i, column)
                    .isEqualTo(nulls == values.count(from, to));
            if (index.getNullCounts() != null) {
                assertThat(index.getNullCounts().get(i))
                        .as("nulls in page %s of %s", i, column)
                        .isEqualTo(nulls);
            }
            if (values.isBounded()) {
                assertThat(number(index.getMinValues().get(i)))
                        .as("least of page %s of %s", i, column)
                        .isEqualTo(values.min(from, to));
                assertThat(number(index.getMaxValues().get(i)))
                        .as("greatest of page %s of %s", i, column)
                        .isEqualTo(values.max(from, to));
            }
        }
        if (values.isBounded()) {
            checkOrder(index, column);
        }
    }

    private static void checkOrder(ColumnIndex index, ColumnChunkMetaData column) {
        boolean ascending = true;
        boolean descending = true;
        for (int i = 1; i < index.getMinValues().size(); i++) {
            int min = Long.compare(
                    number(index.getMinValues().get(i)),
                    number(index.getMinValues().get(i - 1)));
            int max = Long.compare(
                    number(index.getMaxValues().get(i)),
                    number(index.getMaxValues().get(i - 1)));
            ascending &= min >= 0 && max >= 0;
            descending &= min <= 0 && max <= 0;
        }
        assertThat(index.getBoundaryOrder())
                .as("order of the pages of %s", column)
                .isEqualTo(
                        ascending
                                ? BoundaryOrder.ASCENDING
                                : descending ? BoundaryOrder.DESCENDING : BoundaryOrder.UNORDERED);
    }

    private static long number(ByteBuffer value) {
        ByteBuffer number = value.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        return number.remaining() == Integer.BYTES ? number.getInt() : number.getLong();
    }

    private static void checkStatistics(ColumnChunkMetaData column, ColumnValues values) {
        Statistics<?> statistics = column.getStatistics();
        if (statistics != null && statistics.isNumNullsSet()) {
            assertThat(statistics.getNumNulls()).as("nulls of %s", column).isEqualTo(values.nulls(0, values.rows()));
        }
        if (values.isBounded()) {
            assertThat(statistics.hasNonNullValue())
                    .as("%s has statistics", column)
                    .isTrue();
            boolean isInt = statistics instanceof IntStatistics;
            assertThat(isInt ? ((IntStatistics) statistics).getMin() : ((LongStatistics) statistics).getMin())
                    .as("least of %s", column)
                    .isEqualTo(values.min(0, values.rows()));
            assertThat(isInt ? ((IntStatistics) statistics).getMax() : ((LongStatistics) statistics).getMax())
                    .as("greatest of %s", column)
                    .isEqualTo(values.max(0, values.rows()));
        }
    }
}
