package io.pagewalk.cli.text;

import io.pagewalk.execution.SliceFigures;
import io.pagewalk.log.LostRange;
import io.pagewalk.log.Totals;
import io.pagewalk.model.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** What an extent has that its output has not: offsets that are lost, and offsets that never held a record. */
public final class LossTexts {
    /** Ranges and partitions named one by one; the others are counted. */
    private static final int NAMED = 20;

    private LossTexts() {}

    /** Tells of a loss when it is met. */
    public static String met(String topic, LostRange lost) {
        return name(topic, lost)
                + " is gone from the topic (retention or DeleteRecords): the loss is on record, and the"
                + " export goes on without these offsets (--on-data-loss record)";
    }

    /** Tells of a slice that others read from its beginning again, because they cannot put losses on record. */
    public static String readAgain(Slice slice, SliceFigures figures) {
        return slice + " is read again, without what is lost: " + Human.count(figures.records(), "record") + ", "
                + Human.bytes(figures.bytes()) + ", were read in vain";
    }

    /** Tells of all losses of an export; there is one at least. */
    public static String summary(String topic, List<LostRange> losses) {
        return Human.count(offsets(losses), "offset") + " of the extent are on record as lost: "
                + ranges(topic, losses);
    }

    /** How many records are not in the data files, because they do not fit. */
    public static String setAside(Totals totals) {
        return Human.count(totals.setAside(), "record") + " that do not fit into the data files "
                + (totals.setAside() == 1 ? "is" : "are") + " set aside";
    }

    /** {@code orders-0 [0, 50), orders-3 [7, 9)}. */
    static String ranges(String topic, List<LostRange> losses) {
        List<String> named = new ArrayList<>();
        losses.stream().limit(NAMED).forEach(lost -> named.add(name(topic, lost)));
        return listed(named, losses.size(), "range");
    }

    /** {@code orders-0 12, orders-3 1}. */
    static String gaps(String topic, SortedMap<Integer, Long> gaps) {
        List<String> named = new ArrayList<>();
        gaps.entrySet().stream()
                .limit(NAMED)
                .forEach(gap -> named.add(topic + "-" + gap.getKey() + " " + Human.count(gap.getValue())));
        return listed(named, gaps.size(), "partition");
    }

    private static long offsets(List<LostRange> losses) {
        return losses.stream().mapToLong(lost -> lost.range().size()).sum();
    }

    private static String name(String topic, LostRange lost) {
        return topic + "-" + lost.partition() + " " + lost.range();
    }

    private static String listed(List<String> named, int all, String noun) {
        String list = String.join(", ", named);
        return all == named.size() ? list : list + " and " + Human.count(all - named.size(), "further " + noun);
    }
}
