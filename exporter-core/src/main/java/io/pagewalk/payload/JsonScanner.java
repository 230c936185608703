package io.pagewalk.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Checks for JSON. */
public final class JsonScanner {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonScanner() {}

    public static boolean isValid(byte[] text) {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null && Utf8.isValid(text);
        } catch (IOException e) {
            return false;
        }
    }
}
