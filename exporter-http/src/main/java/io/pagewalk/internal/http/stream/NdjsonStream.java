package io.pagewalk.internal.http.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.pagewalk.http.record.RecordJson;
import io.pagewalk.http.record.Showing;
import io.pagewalk.http.record.ShownRecord;
import io.pagewalk.internal.http.answer.ListingMeta;
import io.pagewalk.internal.http.answer.Problem;
import io.pagewalk.internal.http.query.ListingQuery;
import io.pagewalk.listing.ListedPage;
import io.pagewalk.record.RecordView;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object a line, with one member that says what the line is: {@code phase}, {@code progress}, {@code data}, {@code page}, {@code done}
 * or {@code error}.
 */
final class NdjsonStream implements StreamFormat {
    private static final JsonFactory JSON = new JsonFactory();

    private final ListingQuery query;
    private final Supplier<Showing> showings;
    private final RecordJson records;
    private final JsonGenerator json;
    private @Nullable ListedPage last;
    private long written;

    NdjsonStream(ListingQuery query, Supplier<Showing> showings, RecordJson records, OutputStream out)
            throws IOException {
        this.query = query;
        this.showings = showings;
        this.records = records;
        this.json = JSON.createGenerator(out);
        json.setRootValueSeparator(null);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    private interface Content {
        void write() throws IOException;
    }

    private void line(String name, Content content) throws IOException {
        json.writeStartObject();
        json.writeFieldName(name);
        content.write();
        json.writeEndObject();
        json.writeRaw('\n');
    }

    @Override
    public void begin() throws IOException {
        line("phase", () -> json.writeString("reading"));
        json.flush();
    }

    @Override
    public void waiting() throws IOException {
        line("progress", () -> {
            json.writeStartObject();
            json.writeNumberField("records", written);
            json.writeEndObject();
        });
        json.flush();
    }

    @Override
    public void page(ListedPage page, boolean isLast) throws IOException {
        Showing showing = showings.get();
        for (RecordView record : page.records()) {
            ShownRecord shown = showing.show(record);
            line("data", () -> records.write(shown, json));
            written++;
        }
        last = page;
        if (!isLast) {
            line("page", () -> ListingMeta.write(query, page, json));
        }
        json.flush();
    }

    @Override
    public void end() throws IOException {
        ListedPage page = last;
        line("done", () -> {
            if (page == null) {
                json.writeNull();
            } else {
                ListingMeta.write(query, page, json);
            }
        });
        json.flush();
    }

    @Override
    public void fail(Problem problem) throws IOException {
        line("error", () -> problem.write(json));
        json.flush();
    }
}
