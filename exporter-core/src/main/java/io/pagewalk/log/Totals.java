package io.pagewalk.log;

import io.pagewalk.spi.DataFile;
import java.util.List;

/**
 * What an export has committed so far, and what it has lost.
 *
 * @param pages pages committed
 * @param files data files, those without records included
 * @param records records in them
 * @param setAside records that were set aside, in files of dead letters
 * @param bytes their size on the storage
 * @param offsets offsets walked, gaps and losses included
 * @param gaps offsets walked that hold no record and are neither lost nor elsewhere
 * @param lost offsets on record as lost, also in pages not committed yet
 * @param saved how many of those have a record in a committed file, or one that was set aside, all the same: an earlier attempt had read it in time
 * @param outside records dated outside of the times that were asked for
 * @param elsewhere offsets walked that the export is not made of
 */
public record Totals(
        long pages,
        long files,
        long records,
        long setAside,
        long bytes,
        long offsets,
        long gaps,
        long lost,
        long saved,
        long outside,
        long elsewhere) {
    public static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /**
     * These totals with one more page.
     *
     * @param onRecord how many offsets of the page's slices are on record as lost
     */
    public Totals plus(List<DataFile> page, long onRecord) {
        long moreRecords = 0;
        long moreSetAside = 0;
        long moreBytes = 0;
        long moreOffsets = 0;
        long moreGaps = 0;
        long moreLost = 0;
        long moreOutside = 0;
        long moreElsewhere = 0;
        for (DataFile file : page) {
            moreRecords += file.content().records();
            moreSetAside += file.setAside();
            moreBytes += file.bytes();
            moreOffsets += file.slice().range().size();
            moreGaps += file.gaps();
            moreLost += file.lost();
            moreOutside += file.outside();
            moreElsewhere += file.elsewhere();
        }
        return new Totals(
                pages + 1,
                files + page.size(),
                records + moreRecords,
                setAside + moreSetAside,
                bytes + moreBytes,
                offsets + moreOffsets,
                gaps + moreGaps,
                lost,
                saved + onRecord - moreLost,
                outside + moreOutside,
                elsewhere + moreElsewhere);
    }

    /**
     * Whether every offset of an extent is accounted for, once: it has a record, in a data file or set aside, or is
     * lost, or elsewhere, or is a gap.
     *
     * @param size the extent's offsets
     */
    public boolean addUpTo(long size) {
        return offsets == size && records + setAside + (lost - saved) + elsewhere + gaps == size;
    }

    /** Those of two runs together. */
    public Totals plus(Totals other) {
        return new Totals(
                pages + other.pages,
                files + other.files,
                records + other.records,
                setAside + other.setAside,
                bytes + other.bytes,
                offsets + other.offsets,
                gaps + other.gaps,
                lost + other.lost,
                saved + other.saved,
                outside + other.outside,
                elsewhere + other.elsewhere);
    }

    /** These totals with more offsets lost. */
    public Totals plusLost(long moreLost) {
        return new Totals(
                pages, files, records, setAside, bytes, offsets, gaps, lost + moreLost, saved, outside, elsewhere);
    }
}
