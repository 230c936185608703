package io.pagewalk.run;

import io.pagewalk.spi.DataFile;
import java.util.List;

/**
 * What an export has committed so far.
 *
 * @param pages pages committed
 * @param files data files, those without records included
 * @param records records in them
 * @param bytes their size on the storage
 * @param offsets offsets walked, gaps included
 */
public record Totals(long pages, long files, long records, long bytes, long offsets) {
    public static final Totals NONE = new Totals(0, 0, 0, 0, 0);

    /** These totals with one more page. */
    public Totals plus(List<DataFile> page) {
        long moreRecords = 0;
        long moreBytes = 0;
        long moreOffsets = 0;
        for (DataFile file : page) {
            moreRecords += file.content().records();
            moreBytes += file.bytes();
            moreOffsets += file.slice().range().size();
        }
        return new Totals(
                pages + 1, files + page.size(), records + moreRecords, bytes + moreBytes, offsets + moreOffsets);
    }
}
