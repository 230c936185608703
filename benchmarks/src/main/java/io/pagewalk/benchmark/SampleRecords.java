package io.pagewalk.benchmark;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of one {@link Shape}. Record number n is the same wherever and whenever it is made. Confined to one thread. */
public interface SampleRecords {
    /** The key of a record. */
    byte @Nullable [] key(long number);

    /** The value of a record: JSON on one line, or what {@link Shape#schemas} say. */
    byte @Nullable [] value(long number);

    /** The headers of a record. */
    List<SampleHeader> headers(long number);

    /** Milliseconds since the epoch, ascending with the number. */
    default long timestamp(long number) {
        return 1_767_225_600_000L + number;
    }
}
