package io.pagewalk.internal.http.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.pagewalk.http.record.RecordJson;
import io.pagewalk.http.record.Showing;
import io.pagewalk.listing.ListedPage;
import io.pagewalk.record.RecordView;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Supplier;

/** A record a line, and nothing else: whether all are there is told by the end of the answer alone. */
final class JsonlStream implements StreamFormat {
    private static final JsonFactory JSON = new JsonFactory();

    private final Supplier<Showing> showings;
    private final RecordJson records;
    private final JsonGenerator json;

    JsonlStream(Supplier<Showing> showings, RecordJson records, OutputStream out) throws IOException {
        this.showings = showings;
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
        Showing showing = showings.get();
        for (RecordView record : page.records()) {
            records.write(showing.show(record), json);
            json.writeRaw('\n');
        }
        json.flush();
    }

    @Override
    public void end() throws IOException {
        json.flush();
    }
}
