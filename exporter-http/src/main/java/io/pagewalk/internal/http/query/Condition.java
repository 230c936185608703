package io.pagewalk.internal.http.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.HeaderView;
import io.pagewalk.record.RecordView;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One condition on a record: on its bytes, and, where they have a schema, on what they are as JSON. There is no language to write them in:
 * nothing that a request has is run.
 */
interface Condition {
    /** Makes what reads JSON. */
    JsonFactory JSON = new JsonFactory();

    boolean matches(FilteredRecord record);

    /** Its key is that text, or a text of a schema that is. */
    static Condition key(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return record -> {
            if (equal(record.record().key(), bytes)) {
                return true;
            }
            ByteView decoded = record.decodedKey();
            return decoded != null && text(decoded).equals(text);
        };
    }

    /** Its key begins with that text. */
    static Condition keyPrefix(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return record -> {
            ByteView key = record.record().key();
            if (key != null && key.length() >= bytes.length && isAt(key, 0, bytes)) {
                return true;
            }
            ByteView decoded = record.decodedKey();
            return decoded != null && text(decoded).startsWith(text);
        };
    }

    /** That text is somewhere in its value, or in what that is as JSON. */
    static Condition contains(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return record -> contains(record.record().value(), bytes) || contains(record.decodedValue(), bytes);
    }

    private static boolean contains(@Nullable ByteView value, byte[] bytes) {
        if (value == null) {
            return false;
        }
        for (int at = 0; at <= value.length() - bytes.length; at++) {
            if (isAt(value, at, bytes)) {
                return true;
            }
        }
        return false;
    }

    /** A header of that name has that text. */
    static Condition header(String name, String text) {
        byte[] key = name.getBytes(UTF_8);
        byte[] bytes = text.getBytes(UTF_8);
        return filtered -> {
            RecordView record = filtered.record();
            for (int i = 0; i < record.headerCount(); i++) {
                HeaderView header = record.header(i);
                if (equal(header.key(), key) && equal(header.value(), bytes)) {
                    return true;
                }
            }
            return false;
        };
    }

    /**
     * Its value is JSON, or becomes that by its schema, and has, where the pointer (RFC 6901)
     * points, a text that is that one, or a number or literal that is written so.
     *
     * @throws BadRequestException if the pointer is none
     */
    static Condition json(String pointer, String text) {
        JsonPointer parsed;
        try {
            parsed = JsonPointer.compile(pointer);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(
                    "json." + Parameters.shown(pointer) + " is not a JSON pointer, such as json./a/b");
        }
        return record -> {
            ByteView decoded = record.decodedValue();
            ByteView value = decoded == null ? record.record().value() : decoded;
            if (value == null) {
                return false;
            }
            try (JsonParser whole = JSON.createParser(value.array(), value.offset(), value.length());
                    JsonParser pointed = new FilteringParserDelegate(
                            whole, new JsonPointerBasedFilter(parsed), Inclusion.ONLY_INCLUDE_ALL, false)) {
                JsonToken token = pointed.nextToken();
                return token != null
                        && token.isScalarValue()
                        && pointed.getText().equals(text)
                        && isJsonToItsEnd(whole);
            } catch (IOException e) {
                return false;
            }
        };
    }

    /** What comes behind is looked at, too; what is none ends in an exception. */
    private static boolean isJsonToItsEnd(JsonParser json) throws IOException {
        while (json.nextToken() != null) {
            // Nothing of it is wanted.
        }
        return true;
    }

    /** A string without its quotes, and anything else as it is. */
    private static String text(ByteView decoded) {
        try (JsonParser json = JSON.createParser(decoded.array(), decoded.offset(), decoded.length())) {
            return json.nextToken() == JsonToken.VALUE_STRING ? json.getText() : decoded.toText();
        } catch (IOException e) {
            return decoded.toText();
        }
    }

    private static boolean equal(@Nullable ByteView payload, byte[] bytes) {
        return payload != null && payload.length() == bytes.length && isAt(payload, 0, bytes);
    }

    private static boolean isAt(ByteView payload, int at, byte[] bytes) {
        int start = payload.offset() + at;
        return Arrays.equals(payload.array(), start, start + bytes.length, bytes, 0, bytes.length);
    }
}
