package io.pagewalk.internal.http.api;

import io.pagewalk.Pages;
import io.pagewalk.internal.http.query.ListingQuery;
import io.pagewalk.listing.PageSequence;
import io.pagewalk.model.ListingToken;
import io.pagewalk.model.Paginator;

/** Turns what is asked for into the pages of a listing. */
final class ListingReader {
    private final Pages pages;

    ListingReader(Pages pages) {
        this.pages = pages;
    }

    /** Those from the one on that is asked for; a first page freezes where the listing ends. */
    PageSequence open(ListingQuery query) {
        ListingToken token = query.token() == null ? pages.first(query.spec(), query.filter()) : query.token();
        ListingToken sized = token.at(token.walk().withPageSize(query.pageSize()));
        return pages.sequence(skipped(sized, query), query.filter(), query.limits());
    }

    private static ListingToken skipped(ListingToken token, ListingQuery query) {
        long before = query.page() - 1;
        // Whatever is beyond all that remains is the end of it.
        long offsets = before > Long.MAX_VALUE / query.pageSize() ? Long.MAX_VALUE : before * query.pageSize();
        long skip = Math.max(offsets, query.skip());
        return skip == 0 ? token : token.at(Paginator.skip(token.walk(), skip));
    }

    void validate(ListingToken token) {
        pages.validate(token);
    }
}
