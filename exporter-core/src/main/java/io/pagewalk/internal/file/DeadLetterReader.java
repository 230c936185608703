package io.pagewalk.internal.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.pagewalk.model.Slice;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
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
    private final ReusableRecord record = new ReusableRecord();

    private DeadLetterReader(JsonParser json) {
        this.json = json;
    }

    /** Takes each record, which is valid only during the call. */
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
        record.begin(slice.topicPartition().topic(), slice.partition(), offset, timestamp, timestampType)
                .key(payload("key"))
                .value(payload("value"));
        headers();
        String part = text(DeadLetterEncoder.ERROR_PART);
        String problem = text(DeadLetterEncoder.ERROR);
        require(json.nextToken() == JsonToken.END_OBJECT, "a record has more members than it should");
        return new DeadLetter(record.view(), part, problem);
    }

    private void headers() throws IOException {
        require(member("headers") == JsonToken.START_ARRAY, "the headers of a record are no array");
        while (json.nextToken() == JsonToken.START_OBJECT) {
            record.header(text("key").getBytes(UTF_8), payload("value"));
            require(json.nextToken() == JsonToken.END_OBJECT, "a header has more members than it should");
        }
        require(json.currentToken() == JsonToken.END_ARRAY, "the headers of a record are no objects");
    }

    private static TimestampType timestampType(String name) throws IOException {
        TimestampType type = TimestampType.of(name);
        if (type == null) {
            throw new IOException("a timestampType is unknown");
        }
        return type;
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
