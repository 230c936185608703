package io.pagewalk.internal.run;

import io.pagewalk.model.Page;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Paginator;
import io.pagewalk.model.Slice;
import java.util.ArrayList;
import java.util.List;

/** What a run may have published without committing it: the next run adopts it. */
public final class Uncommitted {
    private Uncommitted() {}

    /** The slices of the pages that may have been under way when the token was the last one committed. */
    public static List<Slice> slices(PageToken token) {
        List<Slice> slices = new ArrayList<>();
        PageToken left = token;
        for (int i = 0; i < ExportRunner.PAGES_UNDER_WAY && !left.isExhausted(); i++) {
            Page page = Paginator.plan(left);
            slices.addAll(page.slices());
            left = page.next();
        }
        return slices;
    }
}
