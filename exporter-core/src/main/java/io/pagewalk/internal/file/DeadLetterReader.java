package io.pagewalk.internal.file;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.pagewalk.model.Slice;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Reads files of dead letters back, strictly, a record at a time. */
public final class DeadLetterReader {
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build()
            .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);

    private final JsonParser json;

    private DeadLetterReader(JsonParser json) {
        this.json = json;
    }

    /** Takes each record. */
    @FunctionalInterface
    public interface Handler {
        void handle(DeadLetter letter) throws IOException;
    }

    /**
     * Reads a file.
     *
     * @param file positioned anywhere; not closed
     * @param slice whose records it has to hold, in ascending order
     * @param handler what it throws is passed on
     * @throws IOException also if the content is not a complete file of that slice; the message says what is wrong
     */
    public static void read(SeekableByteChannel file, Slice slice, Handler handler) throws IOException {
        file.position(0);
        try (JsonParser json = JSON.createParser(Channels.newInputStream(file))) {
            DeadLetterReader reader = new DeadLetterReader(json);
            long least = slice.range().start();
            while (json.nextToken() != null) {
                DeadLetter letter = reader.letter(slice);
                long offset = letter.record().offset();
                if (offset < least || offset >= slice.range().end()) {
                    throw new IOException("offset " + offset + " stands where it does not belong");
                }
                least = offset + 1;
                handler.handle(letter);
            }
        } catch (JacksonException e) {
            // Its message may repeat what it has read.
            throw new IOException("it is not JSON as Pagewalk writes it, at byte "
                    + e.getLocation().getByteOffset());
        }
    }

    private DeadLetter letter(Slice slice) throws IOException {
        require(json.currentToken() == JsonToken.START_OBJECT, "a line is no object");
        require(text("topic").equals(slice.topicPartition().topic()), "a record is of another topic");
        require(number("partition") == slice.partition(), "a record is of another partition");
        long offset = number("offset");
        long timestamp = number("timestamp");
        TimestampType timestampType = timestampType(text("timestampType"));
        byte[] key = payload("key");
        byte[] value = payload("value");
        RecordHeaders headers = headers();
        String part = text(DeadLetterEncoder.ERROR_PART);
        String problem = text(DeadLetterEncoder.ERROR);
        require(json.nextToken() == JsonToken.END_OBJECT, "a record has more members than it should");
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                slice.topicPartition().topic(),
                slice.partition(),
                offset,
                timestamp,
                timestampType,
                key == null ? ConsumerRecord.NULL_SIZE : key.length,
                value == null ? ConsumerRecord.NULL_SIZE : value.length,
                key,
                value,
                headers,
                Optional.empty());
        return new DeadLetter(record, part, problem);
    }

    private RecordHeaders headers() throws IOException {
        RecordHeaders headers = new RecordHeaders();
        require(member("headers") == JsonToken.START_ARRAY, "the headers of a record are no array");
        while (json.nextToken() == JsonToken.START_OBJECT) {
            headers.add(text("key"), payload("value"));
            require(json.nextToken() == JsonToken.END_OBJECT, "a header has more members than it should");
        }
        require(json.currentToken() == JsonToken.END_ARRAY, "the headers of a record are no objects");
        return headers;
    }

    private static TimestampType timestampType(String name) throws IOException {
        for (TimestampType type : TimestampType.values()) {
            if (type.name.equals(name)) {
                return type;
            }
        }
        throw new IOException("a timestampType is unknown");
    }

    private String text(String name) throws IOException {
        require(member(name) == JsonToken.VALUE_STRING, "a " + name + " is no string");
        return json.getText();
    }

    private long number(String name) throws IOException {
        require(member(name) == JsonToken.VALUE_NUMBER_INT, "a " + name + " is no integer");
        return json.getLongValue();
    }

    private byte @Nullable [] payload(String name) throws IOException {
        JsonToken token = member(name);
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        require(token == JsonToken.VALUE_STRING, "a " + name + " is no string");
        return json.getBinaryValue();
    }

    /** The members stand in one order. */
    private @Nullable JsonToken member(String name) throws IOException {
        require(name.equals(json.nextFieldName()), "a record has no " + name + " where it belongs");
        return json.nextToken();
    }

    private static void require(boolean met, String otherwise) throws IOException {
        if (!met) {
            throw new IOException(otherwise);
        }
    }
}
