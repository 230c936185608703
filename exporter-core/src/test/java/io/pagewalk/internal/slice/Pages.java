package io.pagewalk.internal.slice;

import io.pagewalk.internal.log.Entries;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Page;
import io.pagewalk.model.Slice;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Pages of topic {@code orders}, in short. */
public final class Pages {
    private Pages() {}

    /** A page of slices such as {@code 3:10-15}: offsets 10 to 14 of partition 3. */
    public static Page page(long number, String slices) {
        List<Slice> parsed = new ArrayList<>();
        for (String text : slices.split(" ", -1)) {
            parsed.add(slice(text));
        }
        return new Page(number, parsed, Entries.start().next());
    }

    public static Slice slice(String text) {
        String[] parts = text.split("[:-]", -1);
        OffsetRange range = new OffsetRange(Long.parseLong(parts[1]), Long.parseLong(parts[2]));
        return new Slice(new TopicPartition("orders", Integer.parseInt(parts[0])), range);
    }
}
