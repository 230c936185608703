package io.pagewalk.internal.http.query;

import io.pagewalk.http.record.PayloadChoices;
import io.pagewalk.listing.ListingSpec;
import io.pagewalk.listing.PageLimits;
import io.pagewalk.listing.RecordFilter;
import io.pagewalk.model.ListingToken;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a request for records asks for.
 *
 * @param mode how pages are told from each other
 * @param spec what the listing is of, if this is its first page
 * @param token where it goes on, or null for its first page
 * @param skip how many offsets are skipped before this page
 * @param pageSize how many records a page has at most
 * @param page the number of the page, of {@link Mode#NUMBERED}
 * @param all whether all pages from here on are asked for
 * @param filter which records are listed
 * @param limits what bounds a page besides
 * @param formats what payloads are shown as
 * @param format what the answer is written in
 * @param parameters what all this was read from
 */
public record ListingQuery(
        Mode mode,
        ListingSpec spec,
        @Nullable ListingToken token,
        long skip,
        long pageSize,
        long page,
        boolean all,
        RecordFilter filter,
        PageLimits limits,
        PayloadChoices formats,
        Format format,
        Parameters parameters) {
    /** How pages are told from each other. */
    public enum Mode {
        /** By tokens. */
        WALK,
        /** By numbers, of a listing that is frozen anew each time. */
        NUMBERED,
        /** There is one. */
        BOUNDED,
        /** By tokens, each of a number of offsets that are looked through. */
        SCAN
    }

    /** What an answer is written in. */
    public enum Format {
        /** One document. */
        JSON("application/json"),
        /** Lines that say what they are. */
        NDJSON("application/x-ndjson"),
        /** A record a line. */
        JSONL("application/jsonl"),
        /** A record a line. */
        CSV("text/csv; charset=utf-8");

        private final String type;

        Format(String type) {
            this.type = type;
        }

        /** Its media type. */
        public String type() {
            return type;
        }

        /** Whether it is written while it is read. */
        public boolean isStream() {
            return this != JSON;
        }
    }

    /** What a token has or has an answer to, so that it stands in no link beside one. */
    private static final Set<String> OF_FIRST_PAGE = Set.of("from", "to", "partitions", "skip", "seek", "ticket");

    /** The query of the page of that token: this one, with that token. */
    public String next(ListingToken next) {
        Map<String, String> more = new LinkedHashMap<>();
        if (mode == Mode.NUMBERED) {
            more.put("page_size", Long.toString(pageSize));
        }
        more.put("page_token", next.encode());
        Set<String> left = new TreeSet<>(OF_FIRST_PAGE);
        if (mode == Mode.NUMBERED) {
            left.add("page");
            left.add("per_page");
        }
        return parameters.without(left, more);
    }

    /** The query of the page of that number. */
    public String numbered(long number) {
        return parameters.without(Set.of("page", "ticket"), Map.of("page", Long.toString(number)));
    }
}
