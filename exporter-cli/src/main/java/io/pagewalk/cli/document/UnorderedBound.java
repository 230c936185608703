package io.pagewalk.cli.document;

import io.pagewalk.log.PinnedOptions;
import java.util.List;
import java.util.stream.Stream;

/**
 * A bound by time where timestamps have no order.
 *
 * @param bound {@code from} or {@code to}
 * @param time what was asked for
 * @param partitions which partitions, such as {@code 0,3-5}
 */
record UnorderedBound(String bound, String time, String partitions) {
    static List<UnorderedBound> of(PinnedOptions options) {
        return Stream.of("from", "to")
                .filter(bound -> !options.unordered(bound).isEmpty())
                .map(bound -> new UnorderedBound(
                        bound, options.requested().getOrDefault(bound, ""), options.unordered(bound)))
                .toList();
    }
}
