package io.pagewalk.cli.text;

import io.pagewalk.log.Totals;
import io.pagewalk.model.Extent;
import io.pagewalk.model.PageToken;
import org.apache.kafka.common.Uuid;

/** What all texts call an export, a topic, an extent, and what is committed. */
public final class Headlines {
    private Headlines() {}

    /** {@code orders (topic id nQ2pH63GT2-m6LXm_mJS0g, cluster YvBkvgV5Q0KoXVfrOaLhDw)} */
    public static String topic(PageToken token) {
        return topic(token.topic(), token.topicId(), token.clusterId());
    }

    /** Likewise. */
    static String topic(Extent extent) {
        return topic(extent.topic(), extent.topicId(), extent.clusterId());
    }

    private static String topic(String topic, Uuid topicId, String clusterId) {
        return topic + " (topic id " + topicId + ", cluster " + clusterId + ")";
    }

    /** The first line of what is told of an export. */
    static String export(String exportId, Extent extent) {
        return "Export       " + exportId + " of topic " + topic(extent);
    }

    /** {@code 1,000 offsets in 6 partitions} */
    static String extent(Extent extent) {
        return Human.count(extent.size(), "offset") + " in "
                + Human.count(extent.partitions().size(), "partition");
    }

    /** {@code 1 page, 8 files, 1,000 records, 51.5 MiB} */
    static String committed(Totals totals) {
        return Human.count(totals.pages(), "page") + ", " + Human.count(totals.files(), "file") + ", "
                + Human.count(totals.records(), "record") + ", " + Human.bytes(totals.bytes());
    }
}
