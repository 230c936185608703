package io.pagewalk.plan;

import io.pagewalk.model.PageToken;
import io.pagewalk.model.Paginator;

/**
 * What a plan comes to.
 *
 * @param offsets offsets in the extent
 * @param files data files, one a slice
 * @param pages pages
 * @param pagesAreExact whether {@code pages} was found by walking; otherwise there may be a few more
 */
public record PlanFigures(long offsets, long files, long pages, boolean pagesAreExact) {
    /** Pages times partitions that may be looked at: well under a second. */
    private static final long MAX_EFFORT = 20_000_000;

    /** More slices than this are not planned one by one. */
    private static final long MAX_SLICES = 1_000_000;

    public static PlanFigures of(ExportPlan plan) {
        return of(plan.token());
    }

    public static PlanFigures of(PageToken token) {
        long offsets = token.remaining();
        long files = 0;
        for (int i = 0; i < token.partitionCount(); i++) {
            files += ceil(token.remaining(i).size(), token.sliceSize());
        }
        if (files == 0 && !token.isExhausted()) {
            files = 1;
        }
        long fewest = Math.max(ceil(offsets, token.pageSize()), ceil(files, Paginator.MAX_SLICES));
        boolean walks = files <= MAX_SLICES && fewest <= MAX_EFFORT / Math.max(1, token.partitionCount());
        return new PlanFigures(offsets, files, walks ? walk(token) : fewest, walks);
    }

    private static long walk(PageToken token) {
        long pages = 0;
        PageToken left = token;
        while (!left.isExhausted()) {
            left = Paginator.plan(left).next();
            pages++;
        }
        return pages;
    }

    private static long ceil(long dividend, long divisor) {
        return dividend / divisor + (dividend % divisor == 0 ? 0 : 1);
    }
}
