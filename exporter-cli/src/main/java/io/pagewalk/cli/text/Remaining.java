package io.pagewalk.cli.text;

import io.pagewalk.model.PageToken;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a token leaves to walk, for documents. */
public final class Remaining {
    private Remaining() {}

    /** One entry a partition, exhausted ones included; ends are exclusive. */
    public static List<Map<String, Object>> of(PageToken token) {
        List<Map<String, Object>> partitions = new ArrayList<>();
        for (int i = 0; i < token.partitionCount(); i++) {
            Map<String, Object> partition = new LinkedHashMap<>();
            partition.put("partition", token.partition(i));
            partition.put("start", token.remaining(i).start());
            partition.put("end", token.remaining(i).end());
            partitions.add(partition);
        }
        return partitions;
    }
}
