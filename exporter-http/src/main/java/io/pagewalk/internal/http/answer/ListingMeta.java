package io.pagewalk.internal.http.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pagewalk.internal.http.query.ListingQuery;
import io.pagewalk.internal.http.query.ListingQuery.Mode;
import io.pagewalk.listing.ListedPage;
import io.pagewalk.listing.PageCut;
import io.pagewalk.model.ListingToken;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is told of a page besides its records. */
public final class ListingMeta {
    private ListingMeta() {}

    /** The query of the page behind one, or null if there is none or none is asked for. */
    public static @Nullable String nextQuery(ListingQuery query, ListedPage page) {
        ListingToken next = page.next();
        if (next == null || query.mode() == Mode.BOUNDED) {
            return null;
        }
        // What is left of a page that was cut has no number.
        return query.mode() == Mode.NUMBERED && isWhole(page) ? query.numbered(query.page() + 1) : query.next(next);
    }

    private static boolean isWhole(ListedPage page) {
        return page.cut() != PageCut.BYTES && page.cut() != PageCut.TIME;
    }

    /** Writes it as an object. */
    public static void write(ListingQuery query, ListedPage page, JsonGenerator json) throws IOException {
        ListingToken next = page.next();
        json.writeStartObject();
        if (query.mode() == Mode.BOUNDED) {
            json.writeNumberField("max_results", query.pageSize());
        } else {
            writePage(query, page, json);
            json.writeStringField("page_token", page.token().encode());
            json.writeStringField("next_page_token", next == null ? null : next.encode());
            json.writeStringField("next_page", nextQuery(query, page));
        }
        json.writeNumberField("total", page.token().total());
        json.writeStringField("total_is", "offsets");
        json.writeNumberField("remaining", next == null ? 0 : next.walk().remaining());
        json.writeStringField("cut", page.cut().name().toLowerCase(Locale.ROOT));
        json.writeEndObject();
    }

    private static void writePage(ListingQuery query, ListedPage page, JsonGenerator json) throws IOException {
        switch (query.mode()) {
            case NUMBERED -> {
                json.writeNumberField("page", query.page());
                json.writeNumberField("per_page", query.pageSize());
                json.writeBooleanField("frozen", false);
                json.writeStringField("prev_page", query.page() == 1 ? null : query.numbered(query.page() - 1));
            }
            case SCAN -> {
                json.writeNumberField("scan_size", query.limits().maxOffsets());
                json.writeNumberField("scanned", page.offsets());
                json.writeNumberField("matched", page.records().size());
                json.writeBooleanField("frozen", true);
            }
            case WALK, BOUNDED -> {
                json.writeNumberField("page_size", query.pageSize());
                json.writeBooleanField("frozen", true);
            }
        }
    }
}
