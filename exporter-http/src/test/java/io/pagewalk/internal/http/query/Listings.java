package io.pagewalk.internal.http.query;

import io.pagewalk.listing.RecordFilter;
import io.pagewalk.model.Direction;
import io.pagewalk.model.Extent;
import io.pagewalk.model.ListingToken;
import io.pagewalk.model.ListingToken.Order;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.PageToken;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;

/** Queries for the records of a topic, and tokens to put into them. */
final class Listings {
    static final String TOPIC = "orders";

    private Listings() {}

    static ListingQuery read(String query) {
        return new QueryReader(TOPIC, Parameters.parse(query), List.of(), 64 << 20, Decoders.NONE).read();
    }

    /** Of a walk backwards in pages of 7. */
    static String token() {
        return token(TOPIC, Order.ROUNDS, RecordFilter.ALL);
    }

    static String token(String topic, Order order, RecordFilter filter) {
        TreeMap<Integer, OffsetRange> ranges = new TreeMap<>();
        ranges.put(0, new OffsetRange(3, 30));
        ranges.put(2, new OffsetRange(0, 5));
        Extent extent = new Extent("cluster", topic, new Uuid(1, 2), IsolationLevel.READ_COMMITTED, ranges);
        return ListingToken.first(PageToken.first(extent, Direction.DESC, 7, 1), order, filter.digest())
                .encode();
    }
}
