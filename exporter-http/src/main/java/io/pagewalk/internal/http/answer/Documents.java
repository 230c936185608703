package io.pagewalk.internal.http.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON documents in memory. */
public final class Documents {
    private static final JsonFactory JSON = new JsonFactory();

    private Documents() {}

    /** What a document has. */
    public interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    /** One document, with a line feed behind it. */
    public static byte[] of(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            content.write(json);
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
