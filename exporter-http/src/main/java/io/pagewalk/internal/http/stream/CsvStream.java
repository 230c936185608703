package io.pagewalk.internal.http.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.http.record.RecordCsv;
import io.pagewalk.http.record.Showing;
import io.pagewalk.internal.http.query.ListingQuery;
import io.pagewalk.listing.ListedPage;
import io.pagewalk.record.RecordView;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.function.Supplier;

/** A line of names, then a record a line; whether all are there is told by the end of the answer alone. */
final class CsvStream implements StreamFormat {
    private final Supplier<Showing> showings;
    private final RecordCsv records;
    private final Writer out;

    CsvStream(ListingQuery query, Supplier<Showing> showings, OutputStream out) {
        this.showings = showings;
        this.records = new RecordCsv(query.formats());
        this.out = new BufferedWriter(new OutputStreamWriter(out, UTF_8));
    }

    @Override
    public void begin() throws IOException {
        out.write(RecordCsv.HEADER);
        out.flush();
    }

    @Override
    public void page(ListedPage page, boolean last) throws IOException {
        Showing showing = showings.get();
        for (RecordView record : page.records()) {
            records.write(showing.show(record), out);
        }
        out.flush();
    }

    @Override
    public void end() throws IOException {
        out.flush();
    }
}
