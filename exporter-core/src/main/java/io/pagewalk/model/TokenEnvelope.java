package io.pagewalk.model;

import io.pagewalk.error.NewerVersionException;
import io.pagewalk.error.UsageException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The text around a token's payload: {@code <kind><version>.<payload>.<checksum>}. The payload is URL-safe base64 without padding; the
 * checksum is the CRC-32C of everything before its dot, as eight hexadecimal digits. The version prefix stands outside the payload so that
 * a foreign text is told from a damaged token.
 */
final class TokenEnvelope {
    private static final int CHECKSUM_DIGITS = 8;
    /** Room for the partitions of the largest clusters; a longer text is refused before anything is allocated for it. */
    static final int MAX_LENGTH = 16 * 1024 * 1024;

    private final String version;
    private final String prefix;
    /** How the checksum of a later version is made is not known here, so nothing but its prefix tells. */
    private final Pattern newerVersion;

    /**
     * @param kind two letters
     * @param version from 1 to 8
     */
    TokenEnvelope(String kind, int version) {
        this.version = kind + version;
        this.prefix = this.version + ".";
        this.newerVersion =
                Pattern.compile("(" + kind + "(?:[" + (version + 1) + "-9]|[1-9][0-9]{1,8}))\\..*", Pattern.DOTALL);
    }

    String prefix() {
        return prefix;
    }

    String write(byte[] payload) {
        String body = prefix + toBase64(payload);
        return body + "." + checksum(body);
    }

    /** @throws InvalidTokenException if the text is not one that {@link #write} gives, whatever its payload */
    byte[] read(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidTokenException(
                    "page token is too long: " + text.length() + " characters, at most " + MAX_LENGTH + " are read");
        }
        if (!text.startsWith(prefix)) {
            throw unknownPrefix(text);
        }
        int dot = text.indexOf('.', prefix.length());
        if (dot < 0 || text.length() < dot + 1 + CHECKSUM_DIGITS) {
            throw new InvalidTokenException("page token is truncated: it ends after " + text.length()
                    + " characters without its checksum; copy the whole token");
        }
        String body = text.substring(0, dot);
        if (!text.substring(dot + 1).equals(checksum(body))) {
            throw new InvalidTokenException(
                    "page token is damaged: its checksum does not match; copy the token again, unchanged");
        }
        return payload(body.substring(prefix.length()));
    }

    private static byte[] payload(String base64) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(base64);
            // The decoder also takes padding, and anything for the bits that the last character has to spare.
            if (toBase64(bytes).equals(base64)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new InvalidTokenException("page token is malformed: its payload is not URL-safe base64 without padding");
    }

    private static String toBase64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private UsageException unknownPrefix(String text) {
        if (text.isBlank()) {
            return new InvalidTokenException("page token is empty");
        }
        Matcher newer = newerVersion.matcher(text);
        if (newer.matches()) {
            return NewerVersionException.of("page token", "it has version " + newer.group(1), version);
        }
        if (prefix.startsWith(text)) {
            return new InvalidTokenException(
                    "page token is truncated: it ends after " + text.length() + " characters; copy the whole token");
        }
        return new InvalidTokenException("not a page token: it does not start with " + prefix);
    }

    private static String checksum(String body) {
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
