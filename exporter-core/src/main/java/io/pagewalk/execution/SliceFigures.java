package io.pagewalk.execution;

import java.util.Map;

/**
 * What the work on a slice took.
 *
 * @param records how many records were read
 * @param bytes of their keys, values and headers
 * @param fetchedBytes what came over the network for it, as the brokers sent it
 * @param adopted whether an earlier attempt had published the file, so that nothing was read
 * @param threadMillis what the thread spent its time on, by the names of {@code RunFigures.threadMillis}
 */
public record SliceFigures(
        long records, long bytes, long fetchedBytes, boolean adopted, Map<String, Long> threadMillis) {
    public SliceFigures {
        threadMillis = Map.copyOf(threadMillis);
    }
}
