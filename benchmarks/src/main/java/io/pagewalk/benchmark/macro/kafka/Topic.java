package io.pagewalk.benchmark.macro.kafka;

import io.pagewalk.benchmark.SampleHeader;
import io.pagewalk.benchmark.SampleRecords;
import io.pagewalk.benchmark.Shape;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A topic to copy.
 *
 * @param shape what its records look like
 * @param records how many records it holds, the same number in every partition, give or take one
 * @param partitions how many partitions it has
 * @param beside how many topics of {@value #FEW} records, in one partition, there are beside it
 */
public record Topic(Shape shape, long records, int partitions, int beside) {
    static final int FEW = 10;
    /** Enough for an average. */
    private static final long SAMPLE = 1000;

    /** How text has a value that is null. */
    private static final int NULL_BYTES = "null".length();

    /** With none beside it. */
    public Topic(Shape shape, long records, int partitions) {
        this(shape, records, partitions, 0);
    }

    /** Its name, which says what it is. */
    public String name() {
        return shape.label() + "-" + records + "-" + partitions + (beside == 0 ? "" : "-of-" + (1 + beside));
    }

    /** The names of those beside it. */
    public List<String> namesBeside() {
        return IntStream.range(0, beside)
                .mapToObj(number -> name() + "-" + number)
                .toList();
    }

    /** A regular expression that matches its name and those beside it, and no other. */
    public String expression() {
        return name() + "(-\\d+)?";
    }

    /** The records of all. */
    public long allRecords() {
        return records + (long) FEW * beside;
    }

    /** The bytes of all values as lines of text, one that is null as the word. Makes each value to know. */
    public long lineBytes() {
        SampleRecords samples = shape.records();
        return LongStream.range(0, records)
                .map(number -> length(samples.value(number), NULL_BYTES) + 1)
                .sum();
    }

    /** About how many bytes a record has: key, value and headers. */
    public long bytesARecord() {
        SampleRecords samples = shape.records();
        return LongStream.range(0, SAMPLE).map(number -> bytes(samples, number)).sum() / SAMPLE;
    }

    private static long bytes(SampleRecords samples, long number) {
        long bytes = length(samples.key(number), 0) + length(samples.value(number), 0);
        for (SampleHeader header : samples.headers(number)) {
            bytes += header.key().length() + length(header.value(), 0);
        }
        return bytes;
    }

    private static long length(byte @Nullable [] bytes, int ofNull) {
        return bytes == null ? ofNull : bytes.length;
    }
}
