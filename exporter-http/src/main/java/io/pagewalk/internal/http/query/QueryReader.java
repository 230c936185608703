package io.pagewalk.internal.http.query;

import io.pagewalk.http.record.PayloadChoices;
import io.pagewalk.internal.http.query.ListingQuery.Format;
import io.pagewalk.internal.http.query.ListingQuery.Mode;
import io.pagewalk.listing.ListingSpec;
import io.pagewalk.listing.PageLimits;
import io.pagewalk.listing.RecordFilter;
import io.pagewalk.model.Direction;
import io.pagewalk.model.ListingToken;
import io.pagewalk.model.ListingToken.Order;
import io.pagewalk.plan.OffsetBound;
import io.pagewalk.plan.PartitionSet;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.kafka.common.IsolationLevel;
import org.jspecify.annotations.Nullable;

/** Reads what a request for records asks for; all of it before anything is asked of the cluster. */
public final class QueryReader {
    /** More records are not listed at a time. */
    public static final long MOST_RECORDS = 10_000;

    private static final long USUAL_RECORDS = 50;
    private static final long USUAL_SCAN = 100_000;
    private static final long MOST_SCAN = 10_000_000;
    private static final long USUAL_BYTES = 4L << 20;
    private static final long MOST_BYTES = 64L << 20;
    private static final long USUAL_SECONDS = 10;
    private static final long MOST_SECONDS = 25;

    private final String topic;
    private final Parameters parameters;
    private final List<String> accepted;
    private final long memory;
    private final Decoders decoders;

    /**
     * @param topic of the path
     * @param accepted the values of {@code Accept}
     * @param memory how many bytes pages hold together
     * @param decoders read payloads that have schemas
     */
    public QueryReader(String topic, Parameters parameters, List<String> accepted, long memory, Decoders decoders) {
        this.topic = topic;
        this.parameters = parameters;
        this.accepted = accepted;
        this.memory = memory;
        this.decoders = decoders;
    }

    /**
     * What the request asks for.
     *
     * @throws BadRequestException saying what is wrong
     */
    public ListingQuery read() {
        parameters.get("ticket");
        PayloadChoices formats = parameters.payloads(decoders.knowSchemas());
        RecordFilter filter = Filters.of(parameters, formats, decoders, deadline());
        boolean all = Boolean.TRUE.equals(parameters.get("all", QueryReader::flag));
        Format format = Accepted.format(parameters.get("format"), accepted, all);
        ListingToken token = token();
        Mode mode = mode(filter, token, all);
        long pageSize = pageSize(mode, token, all);
        ListingSpec spec = spec(pageSize, token);
        Long skip = parameters.number("skip", 0, Long.MAX_VALUE);
        Long page = parameters.number("page", 1, Long.MAX_VALUE);
        requireNoneOf(spec.order() == Order.TIME, "order=time", "page", "skip", "max_offsets");
        requireNoneOf(mode != Mode.WALK, "a listing without page_size", "skip", "max_offsets");
        if (mode == Mode.SCAN && spec.order() == Order.TIME) {
            throw new BadRequestException("order=time and filters exclude each other: a filter looks through the walk");
        }
        requireFilterOf(token, filter);
        ListingQuery query = new ListingQuery(
                mode,
                spec,
                token,
                skip == null ? 0 : skip,
                pageSize,
                page == null ? 1 : page,
                all,
                filter,
                limits(mode, pageSize),
                formats,
                format,
                parameters);
        requireAnswerable(query);
        parameters.requireAllTaken();
        return query;
    }

    private static void requireAnswerable(ListingQuery query) {
        if (query.all() && query.mode() != Mode.WALK) {
            throw new BadRequestException("all=true goes with page_size and page_token alone");
        }
        if (query.all() && !query.format().isStream()) {
            throw new BadRequestException(
                    "all=true is not one document: ask for ndjson, jsonl or csv with Accept or format=");
        }
    }

    private static boolean flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new BadRequestException("all " + Parameters.shown(text) + " is neither true nor false");
        }
        return text.equals("true");
    }

    private @Nullable ListingToken token() {
        if (parameters.has("seek") && parameters.has("page_token")) {
            throw new BadRequestException("seek is page_token by another name: give one of them");
        }
        for (String name : List.of("page_token", "seek")) {
            ListingToken token = parameters.get(name, text -> ListingToken.parse(text));
            if (token != null) {
                requireSame("the topic of the path", topic, token.walk().topic());
                return token;
            }
        }
        return null;
    }

    private Mode mode(RecordFilter filter, @Nullable ListingToken token, boolean all) {
        boolean numbered = parameters.has("page") || parameters.has("per_page");
        if (numbered && (parameters.has("seek") || parameters.has("page_token"))) {
            throw new BadRequestException("page and page_token (seek) exclude each other");
        }
        if (numbered && parameters.has("page_size")) {
            throw new BadRequestException("page and page_size exclude each other: page goes with per_page");
        }
        if (filter != RecordFilter.ALL) {
            if (parameters.has("page_size") || numbered) {
                throw new BadRequestException((numbered ? "page" : "page_size")
                        + " and filters exclude each other: a filter looks through scan_size offsets at a time");
            }
            return Mode.SCAN;
        }
        if (parameters.has("scan_size")) {
            throw new BadRequestException(
                    "scan_size goes with a filter: key, key_prefix, contains, header.NAME or json./pointer");
        }
        if (numbered) {
            return Mode.NUMBERED;
        }
        return all || token != null || parameters.has("page_size") ? Mode.WALK : Mode.BOUNDED;
    }

    private long pageSize(Mode mode, @Nullable ListingToken token, boolean all) {
        // Where pages are asked for it says nothing.
        Long results = parameters.number("max_results", 0, Long.MAX_VALUE);
        Long perPage = parameters.number("per_page", 1, Long.MAX_VALUE);
        Long asked = switch (mode) {
            case WALK -> parameters.number("page_size", 0, Long.MAX_VALUE);
            case NUMBERED -> perPage;
            case BOUNDED, SCAN -> results;
        };
        long size = asked == null || asked == 0 ? usual(token, all) : asked;
        return Math.min(size, MOST_RECORDS);
    }

    /** Nobody turns the pages of a listing that is asked for as a whole. */
    private static long usual(@Nullable ListingToken token, boolean all) {
        if (all) {
            return MOST_RECORDS;
        }
        return token == null ? USUAL_RECORDS : token.walk().pageSize();
    }

    private ListingSpec spec(long pageSize, @Nullable ListingToken token) {
        OffsetBound from = parameters.get("from", OffsetBound::parse);
        OffsetBound to = parameters.get("to", OffsetBound::parse);
        PartitionSet partitions = parameters.get("partitions", PartitionSet::parse);
        Direction direction = parameters.choice("direction", Direction.values());
        IsolationLevel isolation = parameters.choice("isolation_level", IsolationLevel.values());
        Order order = parameters.choice("order", Order.values());
        if (token != null) {
            requireAbsent("from", from);
            requireAbsent("to", to);
            requireAbsent("partitions", partitions);
            requireSame("direction", direction, token.walk().direction());
            requireSame("isolation_level", isolation, token.walk().isolationLevel());
            requireSame("order", order, token.order());
        }
        return new ListingSpec(
                topic,
                Objects.requireNonNullElseGet(from, OffsetBound.Earliest::new),
                Objects.requireNonNullElseGet(to, OffsetBound.Latest::new),
                Objects.requireNonNullElse(partitions, PartitionSet.ALL),
                token != null ? token.walk().direction() : Objects.requireNonNullElse(direction, Direction.ASC),
                token != null
                        ? token.walk().isolationLevel()
                        : Objects.requireNonNullElse(isolation, IsolationLevel.READ_COMMITTED),
                token != null ? token.order() : Objects.requireNonNullElse(order, Order.ROUNDS),
                pageSize);
    }

    private PageLimits limits(Mode mode, long pageSize) {
        Long bytes = parameters.number("max_bytes", 1, Long.MAX_VALUE);
        Long scan = parameters.number("scan_size", 1, Long.MAX_VALUE);
        Long offsets = parameters.number("max_offsets", 1, Long.MAX_VALUE);
        // What a page holds, and as much of what is behind it, has to be there.
        long most = Math.max(1, Math.min(MOST_BYTES, memory / 2));
        long maxBytes = Math.min(most, bytes == null ? USUAL_BYTES : bytes);
        return new PageLimits(
                maxBytes,
                maxBytes,
                switch (mode) {
                    case WALK -> offsets == null ? Long.MAX_VALUE : offsets;
                    case BOUNDED -> Long.MAX_VALUE;
                    case NUMBERED -> pageSize;
                    case SCAN -> Math.min(MOST_SCAN, scan == null ? USUAL_SCAN : scan);
                },
                deadline());
    }

    private Duration deadline() {
        Long seconds = parameters.number("timeout", 1, Long.MAX_VALUE);
        return Duration.ofSeconds(Math.min(MOST_SECONDS, seconds == null ? USUAL_SECONDS : seconds));
    }

    private static void requireFilterOf(@Nullable ListingToken token, RecordFilter filter) {
        if (token == null || token.filter() == filter.digest()) {
            return;
        }
        throw new BadRequestException(
                token.filter() == 0
                        ? "the page token is of a listing without a filter; leave the filter out, or begin anew"
                        : "the page token is of a scan with the filter " + digest(token.filter()) + ", the request has "
                                + (filter == RecordFilter.ALL ? "none" : digest(filter.digest()))
                                + "; repeat the filter of the first request");
    }

    private static String digest(long digest) {
        return String.format(Locale.ROOT, "%016x", digest);
    }

    private static void requireSame(String name, @Nullable Object given, Object inToken) {
        if (given != null && !given.equals(inToken)) {
            throw new BadRequestException(name + " " + text(given) + " contradicts the page token, which has "
                    + text(inToken) + "; leave it out");
        }
    }

    private static void requireAbsent(String name, @Nullable Object given) {
        if (given != null) {
            throw new BadRequestException(name + " " + text(given)
                    + " is for the first page: the page token says what is left; leave it out");
        }
    }

    private static String text(Object value) {
        return Parameters.shown(value.toString().toLowerCase(Locale.ROOT));
    }

    private void requireNoneOf(boolean excluded, String what, String... names) {
        for (String name : names) {
            if (excluded && parameters.has(name)) {
                throw new BadRequestException(what + " and " + name + " exclude each other");
            }
        }
    }
}
