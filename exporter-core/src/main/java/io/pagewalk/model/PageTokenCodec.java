package io.pagewalk.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.pagewalk.error.NewerVersionException;
import io.pagewalk.error.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The text form of a token: {@code pw1.<payload>.<checksum>}. The payload is URL-safe base64 without padding of compact
 * JSON; the checksum is the CRC-32C of everything before its dot, as eight hexadecimal digits. The version prefix stands
 * outside the payload so that a foreign text is told from a damaged token.
 */
final class PageTokenCodec {
    private static final String VERSION = "pw1";
    private static final String PREFIX = VERSION + ".";
    /** How the checksum of a later version is made is not known here, so nothing but its prefix tells. */
    private static final Pattern NEWER_VERSION = Pattern.compile("(pw(?:[2-9]|[1-9][0-9]{1,8}))\\..*", Pattern.DOTALL);

    private static final int CHECKSUM_DIGITS = 8;
    /** Room for the partitions of the largest clusters; a longer text is refused before anything is allocated for it. */
    static final int MAX_LENGTH = 16 * 1024 * 1024;

    private static final JsonFactory JSON = new JsonFactory();

    private PageTokenCodec() {}

    static String encode(PageToken token) {
        String body = PREFIX + toBase64(toJson(token));
        return body + "." + checksum(body);
    }

    static PageToken decode(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidTokenException(
                    "page token is too long: " + text.length() + " characters, at most " + MAX_LENGTH + " are read");
        }
        if (!text.startsWith(PREFIX)) {
            throw unknownPrefix(text);
        }
        int dot = text.indexOf('.', PREFIX.length());
        if (dot < 0 || text.length() < dot + 1 + CHECKSUM_DIGITS) {
            throw new InvalidTokenException("page token is truncated: it ends after " + text.length()
                    + " characters without its checksum; copy the whole token");
        }
        String body = text.substring(0, dot);
        if (!text.substring(dot + 1).equals(checksum(body))) {
            throw new InvalidTokenException(
                    "page token is damaged: its checksum does not match; copy the token again, unchanged");
        }
        return PageTokenReader.read(payload(body.substring(PREFIX.length())));
    }

    private static byte[] payload(String base64) {
        try {
            byte[] json = Base64.getUrlDecoder().decode(base64);
            // The decoder also takes padding, and anything for the bits that the last character has to spare.
            if (toBase64(json).equals(base64)) {
                return json;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new InvalidTokenException("page token is malformed: its payload is not URL-safe base64 without padding");
    }

    private static String toBase64(byte[] json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
    }

    private static UsageException unknownPrefix(String text) {
        if (text.isBlank()) {
            return new InvalidTokenException("page token is empty");
        }
        Matcher newer = NEWER_VERSION.matcher(text);
        if (newer.matches()) {
            return NewerVersionException.of("page token", "it has version " + newer.group(1), VERSION);
        }
        if (PREFIX.startsWith(text)) {
            return new InvalidTokenException(
                    "page token is truncated: it ends after " + text.length() + " characters; copy the whole token");
        }
        return new InvalidTokenException("not a page token: it does not start with " + PREFIX);
    }

    private static String checksum(String body) {
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private static byte[] toJson(PageToken token) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 + 32 * token.partitionCount());
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("cluster", token.clusterId());
            json.writeStringField("topic", token.topic());
            json.writeStringField("topicId", token.topicId().toString());
            json.writeStringField("isolation", token.isolationLevel().name().toLowerCase(Locale.ROOT));
            json.writeStringField("direction", token.direction().toString());
            json.writeNumberField("pageSize", token.pageSize());
            json.writeNumberField("sliceSize", token.sliceSize());
            json.writeNumberField("page", token.page());
            json.writeNumberField("turn", token.partitionCount() == 0 ? 0 : token.partition(token.turn()));
            json.writeArrayFieldStart("partitions");
            long[] cursor = new long[3];
            for (int i = 0; i < token.partitionCount(); i++) {
                cursor[0] = token.partition(i);
                cursor[1] = token.start(i);
                cursor[2] = token.end(i);
                json.writeArray(cursor, 0, cursor.length);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
