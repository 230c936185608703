package io.pagewalk.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;

/** Reads a token's JSON strictly: every field once, none unknown, every value of its type and in its range. */
final class PageTokenReader {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(3)
                    .maxNameLength(32)
                    .maxNumberLength(32)
                    .maxStringLength(1024)
                    .build())
            .build();
    private static final int INITIAL_PARTITIONS = 16;
    private static final Pattern CLUSTER_ID = Pattern.compile("\\P{C}+");

    private enum Field {
        CLUSTER("cluster"),
        TOPIC("topic"),
        TOPIC_ID("topicId"),
        ISOLATION("isolation"),
        DIRECTION("direction"),
        PAGE_SIZE("pageSize"),
        SLICE_SIZE("sliceSize"),
        PAGE("page"),
        TURN("turn"),
        PARTITIONS("partitions");

        private static final Map<String, Field> BY_NAME =
                Arrays.stream(values()).collect(Collectors.toMap(f -> f.text, Function.identity()));

        private final String text;

        Field(String text) {
            this.text = text;
        }
    }

    private final JsonParser parser;
    private final Map<Field, Object> values = new EnumMap<>(Field.class);
    private int[] partitions = new int[INITIAL_PARTITIONS];
    private long[] starts = new long[INITIAL_PARTITIONS];
    private long[] ends = new long[INITIAL_PARTITIONS];
    private int count;
    private long size;

    private PageTokenReader(JsonParser parser) {
        this.parser = parser;
    }

    static PageToken read(byte[] json) {
        try (JsonParser parser = JSON.createParser(json)) {
            return new PageTokenReader(parser).read();
        } catch (InputCoercionException e) {
            throw malformed("a number is out of range");
        } catch (StreamConstraintsException e) {
            throw malformed("its payload is nested deeper, or has a longer text or number, than that of a token");
        } catch (IOException e) {
            throw malformed("its payload is not the JSON of a token");
        }
    }

    private PageToken read() throws IOException {
        expect(parser.nextToken(), JsonToken.START_OBJECT, "the payload");
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            Field field = Field.BY_NAME.get(name);
            if (field == null) {
                throw malformed("unknown field '" + printable(name) + "'");
            }
            if (values.containsKey(field)) {
                throw malformed("field '" + field.text + "' stands twice");
            }
            values.put(field, value(field, parser.nextToken()));
        }
        expect(parser.currentToken(), JsonToken.END_OBJECT, "the payload");
        if (parser.nextToken() != null) {
            throw malformed("something follows its payload");
        }
        for (Field field : Field.values()) {
            if (!values.containsKey(field)) {
                throw malformed("field '" + field.text + "' is missing");
            }
        }
        long pageSize = number(Field.PAGE_SIZE);
        long sliceSize = number(Field.SLICE_SIZE);
        if (sliceSize > pageSize) {
            throw malformed("slice size " + sliceSize + " is above page size " + pageSize);
        }
        long page = number(Field.PAGE);
        if (page > Long.MAX_VALUE - size) {
            throw malformed("page " + page + " leaves no numbers for the pages that remain");
        }
        return new PageToken(
                clusterId(text(Field.CLUSTER)),
                topic(text(Field.TOPIC)),
                topicId(text(Field.TOPIC_ID)),
                constant(IsolationLevel.values(), text(Field.ISOLATION), "isolation level"),
                constant(Direction.values(), text(Field.DIRECTION), "direction"),
                pageSize,
                sliceSize,
                page,
                turn(number(Field.TURN)),
                Arrays.copyOf(partitions, count),
                Arrays.copyOf(starts, count),
                Arrays.copyOf(ends, count));
    }

    private Object value(Field field, JsonToken token) throws IOException {
        switch (field) {
            case PARTITIONS -> {
                expect(token, JsonToken.START_ARRAY, "field 'partitions'");
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    readCursor();
                }
                return true;
            }
            case PAGE_SIZE, SLICE_SIZE, PAGE, TURN -> {
                expect(token, JsonToken.VALUE_NUMBER_INT, "field '" + field.text + "'");
                long number = parser.getLongValue();
                int least = field == Field.TURN ? 0 : 1;
                if (number < least) {
                    throw malformed("field '" + field.text + "' is " + number + ", below " + least);
                }
                return number;
            }
            default -> {
                expect(token, JsonToken.VALUE_STRING, "field '" + field.text + "'");
                return parser.getText();
            }
        }
    }

    private void readCursor() throws IOException {
        expect(parser.currentToken(), JsonToken.START_ARRAY, "a partition");
        expect(parser.nextToken(), JsonToken.VALUE_NUMBER_INT, "a partition's number");
        int partition = parser.getIntValue();
        expect(parser.nextToken(), JsonToken.VALUE_NUMBER_INT, "a partition's start offset");
        long start = parser.getLongValue();
        expect(parser.nextToken(), JsonToken.VALUE_NUMBER_INT, "a partition's end offset");
        long end = parser.getLongValue();
        expect(parser.nextToken(), JsonToken.END_ARRAY, "a partition");
        if (partition < 0) {
            throw malformed("partition " + partition + " is negative");
        }
        if (start < 0 || end < 0) {
            throw malformed("partition " + partition + " has a negative offset in [" + start + ", " + end + ")");
        }
        if (end < start) {
            throw malformed("partition " + partition + " has the inverted range [" + start + ", " + end + ")");
        }
        if (count > 0 && partition == partitions[count - 1]) {
            throw malformed("partition " + partition + " stands twice");
        }
        if (count > 0 && partition < partitions[count - 1]) {
            throw malformed("partition " + partition + " stands after " + partitions[count - 1]);
        }
        if (end - start > Long.MAX_VALUE - size) {
            throw malformed("its ranges add up to more offsets than a number holds");
        }
        size += end - start;
        if (count == partitions.length) {
            int capacity = 2 * count;
            partitions = Arrays.copyOf(partitions, capacity);
            starts = Arrays.copyOf(starts, capacity);
            ends = Arrays.copyOf(ends, capacity);
        }
        partitions[count] = partition;
        starts[count] = start;
        ends[count] = end;
        count++;
    }

    /** The index of a partition that has something left, or of the first one if none has. */
    private int turn(long partition) {
        int index = partition > Integer.MAX_VALUE ? -1 : Arrays.binarySearch(partitions, 0, count, (int) partition);
        if (count == 0 && partition == 0) {
            return 0;
        }
        if (index < 0) {
            throw malformed("it is the turn of partition " + partition + ", which it does not have");
        }
        if (size == 0 ? index > 0 : starts[index] == ends[index]) {
            throw malformed("it is the turn of partition " + partition + ", which has nothing left");
        }
        return index;
    }

    private String text(Field field) {
        return (String) Objects.requireNonNull(values.get(field));
    }

    private long number(Field field) {
        return (Long) Objects.requireNonNull(values.get(field));
    }

    /** Kafka takes any text for one; what would steer a terminal, or cannot be written into the next token, is none. */
    private static String clusterId(String text) {
        if (!CLUSTER_ID.matcher(text).matches()) {
            throw malformed("'" + printable(text) + "' is not a cluster id");
        }
        return text;
    }

    private static String topic(String name) {
        if (!TopicNames.isValid(name)) {
            throw malformed("'" + printable(name) + "' is not a topic name");
        }
        return name;
    }

    private static Uuid topicId(String text) {
        try {
            return Uuid.fromString(text);
        } catch (IllegalArgumentException e) {
            throw malformed("'" + printable(text) + "' is not a topic id");
        }
    }

    private static <E extends Enum<E>> E constant(E[] constants, String text, String what) {
        for (E constant : constants) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                return constant;
            }
        }
        throw malformed("'" + printable(text) + "' is no " + what);
    }

    private static void expect(JsonToken actual, JsonToken expected, String what) {
        if (actual != expected) {
            throw malformed(what + " is not "
                    + switch (expected) {
                        case START_OBJECT, END_OBJECT -> "a JSON object";
                        case START_ARRAY -> "a JSON array";
                        case END_ARRAY -> "an array of three numbers";
                        case VALUE_NUMBER_INT -> "an integer";
                        default -> "a string";
                    });
        }
    }

    private static InvalidTokenException malformed(String what) {
        return new InvalidTokenException("page token is malformed: " + what);
    }

    /** Tokens are untrusted: what a message repeats of one is short and cannot steer a terminal. */
    private static String printable(String text) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        return shown.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
