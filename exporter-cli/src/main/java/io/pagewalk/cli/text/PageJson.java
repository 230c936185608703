package io.pagewalk.cli.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.pagewalk.http.record.RecordJson;
import io.pagewalk.http.record.RecordPerLine;
import io.pagewalk.http.record.Showing;
import io.pagewalk.http.record.ShownRecord;
import io.pagewalk.record.RecordView;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page as one JSON document, a record a line. */
public final class PageJson {
    private static final JsonFactory JSON = new JsonFactory();

    private PageJson() {}

    /**
     * Writes the page.
     *
     * @param next the token to go on with, or null if nothing remains
     * @throws io.pagewalk.error.FormatMismatchException if a record contradicts its format; nothing is written then
     * @throws io.pagewalk.error.PagewalkException if a schema registry cannot be asked; likewise
     */
    public static void write(
            List<RecordView> records, Showing showing, @Nullable String next, long remaining, OutputStream out)
            throws IOException {
        List<ShownRecord> shown = records.stream().map(showing::show).toList();
        RecordJson json = new RecordJson(showing.formats(), RecordJson.Links.NONE);
        write(shown.size(), (index, generator) -> json.write(shown.get(index), generator), next, remaining, out);
    }

    /** Likewise, of records that are JSON objects already. */
    public static void writeObjects(List<String> records, @Nullable String next, long remaining, OutputStream out)
            throws IOException {
        write(records.size(), (index, generator) -> generator.writeRawValue(records.get(index)), next, remaining, out);
    }

    private interface RecordWriter {
        void write(int index, JsonGenerator json) throws IOException;
    }

    private static void write(int records, RecordWriter writer, @Nullable String next, long remaining, OutputStream out)
            throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setPrettyPrinter(new RecordPerLine());
            json.writeStartObject();
            json.writeArrayFieldStart("records");
            for (int i = 0; i < records; i++) {
                writer.write(i, json);
            }
            json.writeEndArray();
            json.writeStringField("nextPageToken", next);
            json.writeNumberField("remaining", remaining);
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }
}
