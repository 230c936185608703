package io.pagewalk.internal.schema.registry.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagewalk.error.UsageException;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;

/** What a registry answered. */
public final class RegistryReply {
    /** Answers are no deeper than schemas are, which are text in them; Jackson bounds both depth and numbers. */
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String what;
    private final String url;
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    /**
     * @param what was asked for, to begin messages with
     * @param url what was asked, without user and password
     */
    RegistryReply(String what, String url, int status, HttpHeaders headers, byte[] body) {
        this.what = what;
        this.url = url;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** 200 or 404; between attempts any. */
    public int status() {
        return status;
    }

    HttpHeaders headers() {
        return headers;
    }

    /** A header's value; empty if there is none. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /**
     * The body as JSON.
     *
     * @throws UsageException if it is none: registries answer in JSON
     */
    public JsonNode json() {
        try {
            JsonNode node = MAPPER.readTree(body);
            if (node != null && !node.isMissingNode()) {
                return node;
            }
        } catch (IOException e) {
            // Told below: parsers repeat what they read.
        }
        throw wrong();
    }

    /**
     * The body as text in UTF-8.
     *
     * @throws UsageException if it is none
     */
    public String text() {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw wrong();
        }
    }

    /** The registry's number of what is wrong; -1 if the answer has none. */
    public int errorCode() {
        try {
            JsonNode code = MAPPER.readTree(body).path("error_code");
            return code.canConvertToInt() && code.isIntegralNumber() ? code.intValue() : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    /** Apicurio's name of what is wrong, such as {@code ArtifactNotFoundException}; empty if the answer has none. */
    public String errorName() {
        try {
            return MAPPER.readTree(body).path("name").asText("");
        } catch (IOException e) {
            return "";
        }
    }

    /** The failure of which this answer is told: it is none of a registry, or none of its answers to this. */
    public UsageException wrong() {
        String html = header("content-type").toLowerCase(Locale.ROOT).contains("html") ? " with a web page" : "";
        return new UsageException(
                what + ": " + url + " answered " + status + html
                        + ", which is not what a schema registry says there: check its URL, and the path in it, such as /apis/ccompat/v7");
    }

    /** The failure that the answer lacks something that each has. */
    public UsageException without(String member) {
        return new UsageException(
                what + ": the answer of " + url + " has no '" + member + "': check the schema registry's URL");
    }
}
