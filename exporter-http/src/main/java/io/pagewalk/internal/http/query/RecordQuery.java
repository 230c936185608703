package io.pagewalk.internal.http.query;

import io.pagewalk.http.record.PayloadChoices;
import io.pagewalk.listing.ListingSpec;
import io.pagewalk.model.Direction;
import io.pagewalk.model.ListingToken.Order;
import io.pagewalk.plan.OffsetBound;
import io.pagewalk.plan.PartitionSet;
import org.apache.kafka.common.IsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * One record that is asked for.
 *
 * @param spec the listing that has it alone
 * @param offset where it is
 * @param formats what payloads are shown as
 */
public record RecordQuery(ListingSpec spec, long offset, PayloadChoices formats) {
    /**
     * Reads it.
     *
     * @param variables topic, partition and offset
     * @param knowsSchemas whether payloads can be read by their schemas
     * @throws BadRequestException saying what is wrong
     */
    public static RecordQuery read(String[] variables, @Nullable String query, boolean knowsSchemas) {
        Parameters parameters = Parameters.parse(query);
        parameters.get("ticket");
        String partition = number("partition", variables[1], 10);
        long offset = Long.parseLong(number("offset", variables[2], 18));
        IsolationLevel isolation = parameters.choice("isolation_level", IsolationLevel.values());
        PayloadChoices formats = parameters.payloads(knowsSchemas);
        parameters.requireAllTaken();
        ListingSpec spec = new ListingSpec(
                variables[0],
                new OffsetBound.AtOffset(offset),
                new OffsetBound.AtOffset(offset + 1),
                PartitionSet.parse(partition),
                Direction.ASC,
                isolation == null ? IsolationLevel.READ_COMMITTED : isolation,
                Order.ROUNDS,
                1);
        return new RecordQuery(spec, offset, formats);
    }

    private static String number(String name, String text, int digits) {
        if (!text.matches("[0-9]{1," + digits + "}")) {
            throw new BadRequestException(404, "the path has no " + name + ", but " + Parameters.shown(text));
        }
        return text;
    }

    /** {@code orders-3 offset 7} */
    @Override
    public String toString() {
        return spec.topic() + "-" + spec.partitions() + " offset " + offset;
    }
}
