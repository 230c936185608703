package io.pagewalk.benchmark.macro.contender;

import io.pagewalk.benchmark.OrderSums;
import io.pagewalk.benchmark.macro.kafka.Topic;
import io.pagewalk.benchmark.macro.measure.Failed;
import java.nio.file.Path;

/**
 * One copy of a topic.
 *
 * @param servers the bootstrap servers
 * @param topic what is copied
 * @param directory the copy's own, for configuration and logs
 */
public record Copy(String servers, Topic topic, Path directory) {
    /** The directory of the output; what is in it is counted. */
    public Path output() {
        return directory.resolve("out");
    }

    /** Throws {@link Failed} if {@code records} is not how many the topic and those beside it have. */
    void expectAll(long records) {
        expect(records, topic.allRecords());
    }

    /** Throws {@link Failed} if {@code records} is not how many the topic has. */
    void expect(long records) {
        expect(records, topic.records());
    }

    /** Throws {@link Failed} if {@code orders} are not what those of the topic come to. */
    void expect(OrderSums orders) {
        OrderSums expected = OrderSums.of(topic.records());
        if (!orders.equals(expected)) {
            throw new Failed("the output holds " + orders + ", the topic " + expected);
        }
    }

    private static void expect(long records, long expected) {
        if (records != expected) {
            throw new Failed("the output holds " + records + " records, the topic " + expected);
        }
    }
}
