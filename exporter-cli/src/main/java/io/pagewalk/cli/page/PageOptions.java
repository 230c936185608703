package io.pagewalk.cli.page;

import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.parse.SharedSettings;
import io.pagewalk.cli.parse.TokenText;
import io.pagewalk.cli.text.Human;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.listing.ListingSpec;
import io.pagewalk.model.Direction;
import io.pagewalk.model.ListingToken;
import io.pagewalk.model.ListingToken.Order;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.TopicNames;
import io.pagewalk.plan.OffsetBound;
import io.pagewalk.plan.PartitionSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.IsolationLevel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which page is meant. Everything is null unless given, because a token has it all and is contradicted by nothing. */
@Command(optionListHeading = "Page")
public final class PageOptions {
    private static final String TOKEN = "--page-token";
    private static final String RECORDS = "--records";
    /** What a token has or has an answer to. */
    private static final Set<String> OF_FIRST_PAGE =
            Set.of("--topic", RECORDS, "--direction", "--from", "--to", "--partitions", "--isolation-level", "--order");

    private static final int DEFAULT_RECORDS = 50;
    private static final int MAX_RECORDS = 10_000;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "The topic; a token knows it.")
    @Nullable
    String topic;

    @Option(
            names = TOKEN,
            paramLabel = "TOKEN",
            description = "Go on with a page's nextPageToken; - reads it from standard input.")
    @Nullable
    String pageToken;

    @Option(
            names = RECORDS,
            paramLabel = "N",
            description = "How many records a page lists at most, 1 to 10,000 (default: 50, or as the page before).")
    @Nullable
    Integer records;

    @Option(
            names = "--direction",
            paramLabel = "asc|desc",
            description = "Oldest or newest records first (default: asc).")
    @Nullable
    Direction direction;

    @Option(
            names = "--from",
            paramLabel = "BOUND",
            description = "Where the first page begins in every partition: earliest, offset:N, a date (2026-01-31, UTC)"
                    + " or an instant (2026-01-31T12:00:00Z), which is the place where the log crosses it (default:"
                    + " earliest).")
    @Nullable
    OffsetBound from;

    @Option(
            names = "--to",
            paramLabel = "BOUND",
            description = "Where the last page ends, exclusive: latest, or as --from (default: latest).")
    @Nullable
    OffsetBound to;

    @Option(
            names = "--partitions",
            paramLabel = "LIST",
            description = "Which partitions, such as 0,3-5 (default: all).")
    @Nullable
    PartitionSet partitions;

    @Option(
            names = "--isolation-level",
            paramLabel = "LEVEL",
            description = "read_committed or read_uncommitted (default: read_committed).")
    @Nullable
    IsolationLevel isolationLevel;

    @Option(
            names = "--order",
            paramLabel = "rounds|time",
            description =
                    "Whether the partitions take turns, or the oldest (newest) record over all partitions always comes"
                            + " next (default: rounds).")
    @Nullable
    Order order;

    /** As {@link SharedSettings#takes}. */
    public static boolean takes(String option, Predicate<String> isSet) {
        return !OF_FIRST_PAGE.contains(option) || !isSet.test(TOKEN);
    }

    /**
     * The token to go on with, or null if this is a first page.
     *
     * @throws UsageException if it is no token, or if another option contradicts it
     */
    @Nullable
    public ListingToken token(Console console) {
        if (pageToken == null) {
            return null;
        }
        ListingToken token = ListingToken.parse(TokenText.of(pageToken, console));
        PageToken walk = token.walk();
        requireSame("--topic", topic, walk.topic());
        requireSame("--direction", direction, walk.direction());
        requireSame("--isolation-level", isolationLevel, walk.isolationLevel());
        requireSame("--order", order, token.order());
        requireAbsent("--from", from);
        requireAbsent("--to", to);
        requireAbsent("--partitions", partitions);
        if (token.filter() != 0) {
            throw new UsageException("the page token is of a scan with a filter, which only its server knows");
        }
        if (records != null) {
            requireInRange(records);
            return token.at(walk.withPageSize(records));
        }
        if (walk.pageSize() > MAX_RECORDS) {
            throw new UsageException("the page token is of a walk with pages of " + Human.count(walk.pageSize())
                    + " records; page prints at most " + Human.count(MAX_RECORDS) + ": say how many with " + RECORDS);
        }
        return token;
    }

    private static void requireInRange(int size) {
        if (size < 1 || size > MAX_RECORDS) {
            throw new UsageException(RECORDS + " " + size + " is not from 1 to " + Human.count(MAX_RECORDS));
        }
    }

    private static void requireSame(String option, @Nullable Object given, Object inToken) {
        if (given != null && !given.equals(inToken)) {
            throw new UsageException(option + " " + text(given) + " contradicts the page token, which has "
                    + text(inToken) + "; leave it out");
        }
    }

    private static void requireAbsent(String option, @Nullable Object given) {
        if (given != null) {
            throw new UsageException(option + " " + text(given)
                    + " is for the first page: the page token says what is left; leave it out");
        }
    }

    private static String text(Object value) {
        return Reasons.oneLine(value.toString().toLowerCase(Locale.ROOT));
    }

    /**
     * What the first page freezes.
     *
     * @throws UsageException if an option is missing or out of its range
     */
    public ListingSpec firstPage() {
        if (topic == null) {
            throw new UsageException("--topic is missing (or PAGEWALK_TOPIC), unless a --page-token is given");
        }
        if (!TopicNames.isValid(topic)) {
            throw new UsageException("--topic '" + Reasons.oneLine(topic) + "' is not a topic name");
        }
        int size = records == null ? DEFAULT_RECORDS : records;
        requireInRange(size);
        return new ListingSpec(
                topic,
                from == null ? new OffsetBound.Earliest() : from,
                to == null ? new OffsetBound.Latest() : to,
                partitions == null ? PartitionSet.ALL : partitions,
                direction == null ? Direction.ASC : direction,
                isolationLevel == null ? IsolationLevel.READ_COMMITTED : isolationLevel,
                order == null ? Order.ROUNDS : order,
                size);
    }
}
