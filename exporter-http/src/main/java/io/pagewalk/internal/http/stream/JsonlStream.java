package io.pagewalk.internal.http.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.pagewalk.http.record.RecordJson;
import io.pagewalk.internal.http.query.ListingQuery;
import io.pagewalk.listing.ListedPage;
import io.pagewalk.record.RecordView;
import java.io.IOException;
import java.io.OutputStream;

/** A record a line, and nothing else: whether all are there is told by the end of the answer alone. */
final class JsonlStream implements StreamFormat {
    private static final JsonFactory JSON = new JsonFactory();

    private final ListingQuery query;
    private final RecordJson records;
    private final JsonGenerator json;

    JsonlStream(ListingQuery query, RecordJson records, OutputStream out) throws IOException {
        this.query = query;
        this.records = records;
        this.json = JSON.createGenerator(out);
        json.setRootValueSeparator(null);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    @Override
    public void begin() throws IOException {
        json.flush();
    }

    @Override
    public void page(ListedPage page, boolean last) throws IOException {
        for (RecordView record : page.records()) {
            query.formats().check(record);
            records.write(record, json);
            json.writeRaw('\n');
        }
        json.flush();
    }

    @Override
    public void end() throws IOException {
        json.flush();
    }
}
