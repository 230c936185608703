package io.pagewalk.internal.sink.reader;

import io.pagewalk.internal.sink.Records;
import io.pagewalk.internal.sink.parquet.ParquetCompression;
import io.pagewalk.internal.sink.parquet.ParquetSettings;
import io.pagewalk.internal.sink.parquet.TimestampUnit;
import io.pagewalk.internal.sink.reader.RecordMix.Presence;
import io.pagewalk.internal.sink.reader.RecordMix.Times;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import java.util.ArrayList;
import java.util.List;

/**
 * The Parquet files that every reader has to read: each compression, each combination of payload formats, and whatever
 * records may be like, with pages and row groups from the smallest to those of an export. One corpus for all readers, so
 * that none is spared a file.
 */
public final class Corpus {
    static final String LONG = "long";

    private static final int SMALLEST = 1024;

    /** Where packed numbers and run lengths come to another group or block; and one record. */
    private static final int[] COUNTS = {1, 2, 8, 9, 32, 33, 34, 128, 129, 130, 504, 505, 513};

    private static final List<PayloadFormat> FORMATS =
            List.of(PayloadFormat.BYTES, PayloadFormat.STRING, PayloadFormat.JSON);

    private static final List<ParquetCompression> COMPRESSIONS = List.of(ParquetCompression.values());
    private static final List<TimestampUnit> UNITS = List.of(TimestampUnit.values());

    private final List<CorpusFile> files = new ArrayList<>();

    private Corpus() {}

    public static List<CorpusFile> files() {
        Corpus corpus = new Corpus();
        corpus.addPayloadFormats();
        corpus.addCompressions();
        corpus.addCounts();
        corpus.addNulls();
        corpus.addHeaders();
        corpus.addPlaces();
        corpus.addLargeRecords();
        corpus.addLongRowGroup();
        return corpus.files;
    }

    /** Every combination; the settings go round beside them. */
    private void addPayloadFormats() {
        for (PayloadFormat key : FORMATS) {
            for (PayloadFormat value : FORMATS) {
                for (PayloadFormat header : FORMATS) {
                    int which = files.size();
                    add(
                            "formats-" + which,
                            new RecordMix(300).places(2, 3, 2).large(50, 2000),
                            new PayloadFormats(key, value, header),
                            small(COMPRESSIONS.get(which % COMPRESSIONS.size()), UNITS.get(which % UNITS.size())));
                }
            }
        }
    }

    private void addCompressions() {
        for (ParquetCompression compression : COMPRESSIONS) {
            for (TimestampUnit unit : UNITS) {
                RecordMix mix = new RecordMix(1500).places(3, 5, 3);
                add("small-" + compression + "-" + unit, mix, Records.STRING, small(compression, unit));
                add("default-" + compression + "-" + unit, mix, Records.BYTES, large(compression, unit));
            }
        }
    }

    private void addCounts() {
        add("none", new RecordMix(0), Records.JSON, small());
        for (int count : COUNTS) {
            add("count-" + count, new RecordMix(count).places(2, 2, 2), Records.BYTES, large());
        }
    }

    private void addNulls() {
        RecordMix nulls = new RecordMix(3000).payloads(Presence.NULL, 0).headers(0, 0, 1, Presence.NULL);
        add("nulls-small", nulls, Records.STRING, small());
        add("nulls-default", nulls, Records.BYTES, large());
        RecordMix empty = new RecordMix(3000).payloads(Presence.EMPTY, 0).headers(0, 2, 1, Presence.EMPTY);
        add("empty-small", empty, Records.STRING, small());
        add("empty-default", empty, Records.BYTES, large());
        add("no-nulls", new RecordMix(2000).payloads(Presence.ALWAYS, 20), Records.STRING, small());
    }

    private void addHeaders() {
        add("headers-one", new RecordMix(2000).headers(1, 1, 1, Presence.ALWAYS), Records.STRING, small());
        add("headers-null", new RecordMix(2000).headers(0, 3, 2, Presence.NULL), Records.STRING, small());
        // More in a record than a page holds, and lists that end where runs of levels do.
        add("headers-many", new RecordMix(400).headers(0, 200, 3, Presence.MIXED), Records.BYTES, small());
        add("headers-lists", new RecordMix(3000).headers(0, 9, 2, Presence.MIXED), Records.JSON, large());
        // More keys than a dictionary may have.
        add("headers-keys", new RecordMix(3000).headers(0, 4, 2000, Presence.MIXED), Records.STRING, small());
    }

    private void addPlaces() {
        add("places-many", new RecordMix(5000).places(60, 200, 3), Records.BYTES, small());
        add("places-257", new RecordMix(6000).places(257, 257, 3), Records.BYTES, large());
        add("offsets-huge", offsets(Long.MAX_VALUE - (1L << 50), 30), Records.BYTES, small());
        add("offsets-far-apart", offsets(0, 50), Records.BYTES, large());
        add("offsets-without-gaps", offsets(0, 0), Records.BYTES, small());
        for (TimestampUnit unit : UNITS) {
            add("times-odd-" + unit, times(Times.ODD), Records.BYTES, small(ParquetCompression.ZSTD, unit));
            add("times-wild-" + unit, times(Times.WILD), Records.BYTES, large(ParquetCompression.ZSTD, unit));
        }
    }

    private static RecordMix offsets(long first, int gapBits) {
        return new RecordMix(3000).offsets(first, gapBits);
    }

    private static RecordMix times(Times times) {
        return new RecordMix(3000).places(1, 1, 3).times(times);
    }

    private void addLargeRecords() {
        RecordMix mix = new RecordMix(300).large(20, 30_000);
        add("large-small-pages", mix, Records.BYTES, small());
        add("large-text", mix, Records.STRING, settings(64 * 1024, 4096));
        add("large-json", mix, Records.JSON, large(ParquetCompression.NONE, TimestampUnit.MICROS));
    }

    /** More rows than a page may have, in one row group, and as many partitions as need three bytes each. */
    private void addLongRowGroup() {
        RecordMix mix = new RecordMix(205_000)
                .places(1, 1_000_000, 1)
                .payloads(Presence.MIXED, 6)
                .headers(0, 1, 2, Presence.NULL);
        add(LONG, mix, Records.BYTES, settings(1 << 26, 1 << 19));
    }

    private void add(String name, RecordMix mix, PayloadFormats payloads, ParquetSettings settings) {
        files.add(new CorpusFile(name, mix, payloads, settings, files.size()));
    }

    private static ParquetSettings small() {
        return small(ParquetCompression.ZSTD, TimestampUnit.MICROS);
    }

    /** Many pages in a row group, and some row groups in a file. */
    private static ParquetSettings small(ParquetCompression compression, TimestampUnit unit) {
        return new ParquetSettings(compression, unit, 1, 24 * SMALLEST, SMALLEST);
    }

    private static ParquetSettings large() {
        return large(ParquetCompression.ZSTD, TimestampUnit.MICROS);
    }

    private static ParquetSettings large(ParquetCompression compression, TimestampUnit unit) {
        return ParquetSettings.defaults(compression, unit);
    }

    private static ParquetSettings settings(int rowGroupBytes, int pageBytes) {
        return new ParquetSettings(ParquetCompression.SNAPPY, TimestampUnit.MICROS, 1, rowGroupBytes, pageBytes);
    }
}
