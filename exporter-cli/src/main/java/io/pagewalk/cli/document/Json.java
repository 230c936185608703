package io.pagewalk.cli.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON objects, which have the record's components as members, in their order. A component may be a text, a
 * number, a boolean, null, a record, or a list or map of those; an empty {@link Optional} is left out.
 */
public final class Json {
    /** A record whose members stand among those of the record around it; null stands for none. */
    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Inlined {}

    /** An ObjectMapper would take 20 to 60 ms of a command to get ready, this takes 3. */
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;

    private Json(JsonGenerator json) {
        this.json = json;
    }

    /** On one line. */
    public static String line(Record document) {
        return write(document, false);
    }

    /** For people too. */
    public static String document(Record document) {
        return write(document, true);
    }

    private static String write(Record document, boolean indented) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            if (indented) {
                json.useDefaultPrettyPrinter();
            }
            new Json(json).value(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void value(@Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Integer number) {
            json.writeNumber(number);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean bool) {
            json.writeBoolean(bool);
        } else if (value instanceof Record members) {
            json.writeStartObject();
            members(members);
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                value(element);
            }
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName((String) entry.getKey());
                value(entry.getValue());
            }
            json.writeEndObject();
        } else {
            throw new IllegalStateException("no JSON for " + value.getClass());
        }
    }

    private void members(Record members) throws IOException {
        for (RecordComponent component : members.getClass().getRecordComponents()) {
            Object value = read(component, members);
            if (component.isAnnotationPresent(Inlined.class)) {
                if (value != null) {
                    members((Record) value);
                }
            } else if (!(value instanceof Optional<?> optional)) {
                json.writeFieldName(component.getName());
                value(value);
            } else if (optional.isPresent()) {
                json.writeFieldName(component.getName());
                value(optional.get());
            }
        }
    }

    private static @Nullable Object read(RecordComponent component, Record members) {
        Method accessor = component.getAccessor();
        // A record need not be public to be a part of a document.
        accessor.setAccessible(true);
        try {
            return accessor.invoke(members);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no JSON for " + component, e);
        }
    }
}
