package io.pagewalk.cli.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.Map;

/** Documents of nested maps, lists, numbers and texts as JSON. */
public final class Json {
    private static final ObjectMapper COMPACT = new ObjectMapper();
    private static final ObjectMapper INDENTED = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Json() {}

    /** On one line. */
    public static String line(Map<String, ?> document) {
        return write(COMPACT, document);
    }

    /** For people too. */
    public static String document(Map<String, ?> document) {
        return write(INDENTED, document);
    }

    private static String write(ObjectMapper mapper, Map<String, ?> document) {
        try {
            return mapper.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not a JSON document", e);
        }
    }
}
