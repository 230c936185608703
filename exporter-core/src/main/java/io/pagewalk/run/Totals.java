package io.pagewalk.run;

import io.pagewalk.spi.DataFile;
import java.util.List;

/**
 * What an export has committed so far, and what it has lost.
 *
 * @param pages pages committed
 * @param files data files, those without records included
 * @param records records in them
 * @param bytes their size on the storage
 * @param offsets offsets walked, gaps and losses included
 * @param gaps offsets walked that hold no record and are not lost
 * @param lost offsets on record as lost, also in pages not committed yet
 * @param outside records dated outside of the times that were asked for
 */
public record Totals(
        long pages, long files, long records, long bytes, long offsets, long gaps, long lost, long outside) {
    public static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0, 0);

    /** Of an export that asked for no times. */
    public Totals(long pages, long files, long records, long bytes, long offsets, long gaps, long lost) {
        this(pages, files, records, bytes, offsets, gaps, lost, 0);
    }

    /**
     * These totals with one more page.
     *
     * @param moreGaps the page's gaps
     */
    public Totals plus(List<DataFile> page, long moreGaps) {
        long moreRecords = 0;
        long moreBytes = 0;
        long moreOffsets = 0;
        long moreOutside = 0;
        for (DataFile file : page) {
            moreRecords += file.content().records();
            moreBytes += file.bytes();
            moreOffsets += file.slice().range().size();
            moreOutside += file.outside();
        }
        return new Totals(
                pages + 1,
                files + page.size(),
                records + moreRecords,
                bytes + moreBytes,
                offsets + moreOffsets,
                gaps + moreGaps,
                lost,
                outside + moreOutside);
    }

    /** These totals with more offsets lost. */
    public Totals plusLost(long moreLost) {
        return new Totals(pages, files, records, bytes, offsets, gaps, lost + moreLost, outside);
    }
}
