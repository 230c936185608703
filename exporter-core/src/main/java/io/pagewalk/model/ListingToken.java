package io.pagewalk.model;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * Where a listing is: the token of a walk over single offsets, and what only listings have. As with the walk's, whoever holds its text can
 * go on, and it is bound to its topic.
 *
 * @param walk what is left, and how many records a page has
 * @param total how many offsets the listing had before its first page; the same in all its tokens
 * @param order in which records come
 * @param filter a digest of what records are chosen by, or 0 if all are listed
 */
public record ListingToken(PageToken walk, long total, Order order, long filter) {
    /** In which order a listing's records come. */
    public enum Order {
        /** In rounds over the partitions; merged by time within a page. */
        ROUNDS,
        /** Merged by time over the whole listing. */
        TIME;

        /** The name that options and parameters have for it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final TokenEnvelope ENVELOPE = new TokenEnvelope("pl", 1);
    private static final Order[] ORDERS = Order.values();

    public ListingToken {
        if (walk.sliceSize() != 1 || total < walk.remaining()) {
            throw new IllegalArgumentException("no listing of " + total + " offsets has " + walk);
        }
    }

    /**
     * The token of a listing's first page.
     *
     * @param walk cut into single offsets or not
     */
    public static ListingToken first(PageToken walk, Order order, long filter) {
        return new ListingToken(walk.ofSingleOffsets(), walk.remaining(), order, filter);
    }

    /** The same listing, at another place. */
    public ListingToken at(PageToken place) {
        return new ListingToken(place, total, order, filter);
    }

    /**
     * Reads a listing token's text, or that of a walk, which is the first one of a listing of all that is left.
     *
     * @throws InvalidTokenException saying what is wrong: not a token, truncated or mistyped, or a content that no listing
     *     produces
     * @throws io.pagewalk.error.NewerVersionException if it is of a later version
     */
    public static ListingToken parse(String text) {
        if (text.isBlank() || text.startsWith("pw")) {
            return first(PageToken.parse(text), Order.ROUNDS, 0);
        }
        byte[] payload = ENVELOPE.read(text);
        ListingToken token = read(ByteBuffer.wrap(payload));
        if (!Arrays.equals(token.write(), payload)) {
            throw malformed("its payload is not how it is written");
        }
        return token;
    }

    /** The token's text: ASCII, safe in URLs and file names' neighbourhood, the same for equal tokens. */
    public String encode() {
        return ENVELOPE.write(write());
    }

    private static ListingToken read(ByteBuffer in) {
        long total;
        byte order;
        long filter;
        try {
            total = ByteUtils.readVarlong(in);
            order = in.get();
            filter = in.getLong();
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw malformed("its payload is none of a listing");
        }
        if (order < 0 || order >= ORDERS.length) {
            throw malformed("it has no order " + order);
        }
        PageToken walk = PageTokenReader.read(in);
        if (walk.sliceSize() != 1 || total < walk.remaining()) {
            throw malformed("a listing of " + total + " offsets has no " + walk.remaining() + " left");
        }
        return new ListingToken(walk, total, ORDERS[order], filter);
    }

    private byte[] write() {
        byte[] inner = PageTokenCodec.write(walk);
        ByteBuffer out = ByteBuffer.allocate(PageTokenCodec.MOST_BYTES_OF_NUMBER + 1 + Long.BYTES + inner.length);
        ByteUtils.writeVarlong(total, out);
        out.put((byte) Arrays.asList(ORDERS).indexOf(order));
        out.putLong(filter);
        out.put(inner);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static InvalidTokenException malformed(String what) {
        return new InvalidTokenException("page token is malformed: " + what);
    }
}
