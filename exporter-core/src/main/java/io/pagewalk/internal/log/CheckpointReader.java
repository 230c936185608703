package io.pagewalk.internal.log;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pagewalk.error.Advice;
import io.pagewalk.error.NewerVersionException;
import io.pagewalk.error.UsageException;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.EntryLinks;
import io.pagewalk.log.Origin;
import io.pagewalk.model.InvalidTokenException;
import io.pagewalk.model.TopicNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * Reads entries back, strictly: an entry that changed since it was written is damaged, and one that is whole and was written by a
 * newer program is told apart from that.
 */
public final class CheckpointReader {
    public static final ObjectReader JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    static {
        JSON.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(8)
                        .maxStringLength(32 * 1024 * 1024)
                        .build());
    }

    private static final int MAX_REASON = 200;

    private CheckpointReader() {}

    /** The checksum an entry carries of itself; only that of an entry {@link #decode} has accepted means anything. */
    public static String checksumOf(byte[] entry) {
        return CheckpointCodec.checksum(entry, sealAt(entry));
    }

    /**
     * Reads an entry.
     *
     * @param place the entry as messages name it
     * @throws NewerVersionException if the entry is whole, but of a kind or version that this program does not know
     * @throws UsageException if the entry is damaged
     */
    public static Checkpoint decode(byte[] entry, String place) {
        int seal = sealAt(entry);
        if (seal < 0) {
            throw damaged(place, "it does not end with its checksum");
        }
        String expected = CheckpointCodec.CHECKSUM_MEMBER + CheckpointCodec.checksum(entry, seal) + "\"}\n";
        if (!new String(entry, seal, entry.length - seal, StandardCharsets.UTF_8).equals(expected)) {
            throw damaged(place, "its checksum does not match its content");
        }
        try {
            return checkpoint(entry, place);
        } catch (IOException
                | IllegalArgumentException
                | ArithmeticException
                | DateTimeParseException
                | InvalidTokenException e) {
            throw new UsageException(place + " is damaged: " + firstLine(e), Advice.RESTORE_THE_LOG, e);
        }
    }

    private static UsageException damaged(String place, String what) {
        return new UsageException(place + " is damaged: " + what, Advice.RESTORE_THE_LOG);
    }

    private static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        // Some repeat what they do not understand, which may be megabytes.
        return message.substring(0, Math.min(MAX_REASON, end < 0 ? message.length() : end));
    }

    private static int sealAt(byte[] entry) {
        byte[] member = CheckpointCodec.CHECKSUM_MEMBER.getBytes(StandardCharsets.US_ASCII);
        int sealLength = member.length + "sha256:".length() + 64 + "\"}\n".length();
        return Math.max(-1, entry.length - sealLength);
    }

    private static Checkpoint checkpoint(byte[] entry, String place) throws IOException {
        Checkpoint.Kind kind = EntryHead.kindOf(entry, place);
        JsonFields fields = new JsonFields(JSON.readTree(entry));
        fields.takeAll(EntryHead.MEMBERS);
        fields.text("checksum");
        String topic = fields.text("topic");
        if (!TopicNames.isValid(topic)) {
            throw new IllegalArgumentException("its topic is not a topic name");
        }
        Checkpoint checkpoint = new Checkpoint(
                fields.number("sequence"),
                fields.text("export"),
                topic,
                new Origin(fields.text("run"), fields.text("host"), fields.number("process")),
                Instant.parse(fields.text("committedAt")),
                fields.text("previous"),
                new EntryLinks(fields.number("lastPage"), fields.number("lastLoss"), fields.number("lastSchemas")),
                body(kind, fields, topic, place));
        fields.requireNoOthers();
        return checkpoint;
    }

    private static Checkpoint.Body body(Checkpoint.Kind kind, JsonFields fields, String topic, String place) {
        try {
            return BodyReader.read(kind, fields, topic);
        } catch (NewerVersionException e) {
            throw e.within(place);
        }
    }
}
