package io.pagewalk.benchmark;

import java.util.stream.LongStream;

/**
 * What a copy of orders with schemas comes to. Readers tell it from what was written, and so whether values are those of the topic.
 *
 * @param orders how many there are
 * @param ids the sum of their ids
 * @param quantities the sum of their quantities, whose type differs between versions
 * @param byApp how many of them have a channel, which only the newer version knows, that is not the default
 */
public record OrderSums(long orders, long ids, long quantities, long byApp) {
    /** Of as many orders from the first one on. */
    public static OrderSums of(long orders) {
        return new OrderSums(
                orders,
                LongStream.range(0, orders).sum(),
                LongStream.range(0, orders).map(TypedOrder::quantity).sum(),
                LongStream.range(0, orders).filter(TypedOrder::isByApp).count());
    }
}
