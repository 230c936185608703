package io.pagewalk.internal.http.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong, as clients are told it (RFC 9457).
 *
 * @param status of the answer
 * @param detail one line
 * @param exitCode what the command line ends with where the same is wrong, or null where it has none
 * @param lost the offsets that are gone, where some are
 */
public record Problem(
        int status,
        String detail,
        @Nullable Integer exitCode,
        @Nullable Lost lost) {
    /**
     * Offsets that are gone.
     *
     * @param start the first one
     * @param end the one behind the last one
     */
    public record Lost(long start, long end) {}

    private static final JsonFactory JSON = new JsonFactory();

    /** Wrong is the request. */
    public static Problem of(int status, String detail) {
        return new Problem(status, detail, 2, null);
    }

    /** What is told where a request reaches no handler. */
    public static String text(int status) {
        return new Problem(status, title(status), null, null).toString();
    }

    /** Writes it as an object. */
    public void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "about:blank");
        json.writeStringField("title", title(status));
        json.writeNumberField("status", status);
        json.writeStringField("detail", detail);
        if (exitCode != null) {
            json.writeNumberField("exitCode", exitCode);
        }
        if (lost != null) {
            json.writeNumberField("lostStart", lost.start);
            json.writeNumberField("lostEnd", lost.end);
        }
        json.writeEndObject();
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 410 -> "Gone";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 415 -> "Unsupported Media Type";
            case 417 -> "Expectation Failed";
            case 422 -> "Unprocessable Content";
            case 426 -> "Upgrade Required";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            case 505 -> "HTTP Version Not Supported";
            case 507 -> "Insufficient Storage";
            default -> status >= 500 ? "Internal Server Error" : "Bad Request";
        };
    }

    /** As a line of JSON. */
    @Override
    public String toString() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString();
    }
}
