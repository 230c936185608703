package io.pagewalk.benchmark.macro.measure;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One process to measure.
 *
 * @param command the program and its arguments
 * @param environment added to this process's own
 * @param stdout where its standard output goes, or null for its log
 * @param endsBySize null if it ends by itself; else it is done, and terminated, as soon as a file has a size
 */
public record Job(
        List<String> command,
        Map<String, String> environment,
        @Nullable Path stdout,
        @Nullable FileSize endsBySize) {
    /** A job that ends by itself and writes its files itself. */
    public static Job of(List<String> command) {
        return new Job(command, Map.of(), null, null);
    }

    /**
     * A size that a file reaches.
     *
     * @param file what grows
     * @param bytes the size it must reach
     */
    public record FileSize(Path file, long bytes) {
        boolean isReached() {
            return file.toFile().length() >= bytes;
        }
    }
}
