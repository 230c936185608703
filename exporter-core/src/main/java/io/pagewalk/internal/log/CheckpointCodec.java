package io.pagewalk.internal.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.pagewalk.log.Checkpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Entries as compact JSON. The last member is the SHA-256 of all bytes before it, and {@code previous} is that of the
 * entry before, so the log is a chain.
 */
public final class CheckpointCodec {
    /** Of what entries of all kinds have in common. */
    static final int VERSION = 1;

    static final String CHECKSUM_MEMBER = ",\"checksum\":\"";

    private static final String CHECKSUM_PREFIX = "sha256:";
    private static final JsonFactory JSON = new JsonFactory();

    private CheckpointCodec() {}

    /**
     * The version of what entries of a kind say. Any change to that raises it, a member that is added included: older programs
     * refuse such an entry then, and would otherwise call it damaged.
     */
    static int version(Checkpoint.Kind kind) {
        return switch (kind) {
            case START, PAGE, LOSS, SCHEMAS, COMPLETE -> 1;
        };
    }

    static byte[] encode(Checkpoint checkpoint) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            Checkpoint.Kind kind = checkpoint.body().kind();
            json.writeNumberField("pagewalk", VERSION);
            json.writeStringField("kind", kind.toString());
            json.writeNumberField("version", version(kind));
            json.writeNumberField("sequence", checkpoint.sequence());
            json.writeStringField("export", checkpoint.exportId());
            json.writeStringField("topic", checkpoint.topic());
            json.writeStringField("run", checkpoint.origin().run());
            json.writeStringField("host", checkpoint.origin().host());
            json.writeNumberField("process", checkpoint.origin().process());
            json.writeStringField("committedAt", checkpoint.committedAt().toString());
            json.writeStringField("previous", checkpoint.previous());
            json.writeNumberField("lastPage", checkpoint.links().page());
            json.writeNumberField("lastLoss", checkpoint.links().loss());
            json.writeNumberField("lastSchemas", checkpoint.links().schemas());
            checkpoint.body().accept(new BodyWriter(json));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] open = bytes.toByteArray();
        int length = open.length - 1;
        byte[] seal = (CHECKSUM_MEMBER + checksum(open, length) + "\"}\n").getBytes(StandardCharsets.US_ASCII);
        byte[] entry = new byte[length + seal.length];
        System.arraycopy(open, 0, entry, 0, length);
        System.arraycopy(seal, 0, entry, length, seal.length);
        return entry;
    }

    /** The checksum of the first {@code length} bytes, as entries write it. */
    static String checksum(byte[] bytes, int length) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(bytes, 0, length);
            return CHECKSUM_PREFIX + HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
