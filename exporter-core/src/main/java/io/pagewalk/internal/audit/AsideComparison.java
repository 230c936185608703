package io.pagewalk.internal.audit;

import io.pagewalk.audit.Digest;
import io.pagewalk.record.RecordView;
import io.pagewalk.spi.SliceReader;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/** Takes the records that were set aside out of what is read from the topic, and compares them with their file. */
final class AsideComparison implements SliceReader.RecordHandler {
    final OffsetList differing = new OffsetList();
    private final SortedMap<Long, Digest> unseen;
    private final RecordDigest digest = RecordDigest.ofRaw();
    private final SliceReader.RecordHandler others;

    /**
     * @param aside the records that were set aside, by offset
     * @param others takes all other records
     */
    AsideComparison(SortedMap<Long, Digest> aside, SliceReader.RecordHandler others) {
        this.unseen = new TreeMap<>(aside);
        this.others = others;
    }

    @Override
    public void handle(RecordView record) throws IOException {
        Digest aside = unseen.isEmpty() ? null : unseen.remove(record.offset());
        if (aside == null) {
            others.handle(record);
        } else if (!aside.equals(digest.of(record))) {
            differing.add(record.offset());
        }
    }

    /** What the topic did not have, though it has let go of nothing from {@code logStart} on. */
    OffsetList missing(long logStart) {
        OffsetList missing = new OffsetList();
        unseen.tailMap(logStart).keySet().forEach(missing::add);
        return missing;
    }
}
