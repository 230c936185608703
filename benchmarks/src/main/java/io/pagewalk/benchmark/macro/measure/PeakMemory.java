package io.pagewalk.benchmark.macro.measure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The largest resident set of a process's direct children, as Linux keeps it. The kernel's figure only grows, so that what is
 * missed is no more than the growth between the last look and the end.
 */
final class PeakMemory {
    private static final Pattern HIGH_WATER_MARK = Pattern.compile("VmHWM:\\s*(\\d+) kB");

    private final Path children;
    private @Nullable Long bytes;

    PeakMemory(long parent) {
        children = Path.of("/proc/" + parent + "/task/" + parent + "/children");
    }

    /** Null where there is no such figure. */
    @Nullable
    Long bytes() {
        return bytes;
    }

    void look() {
        try {
            for (String child : Files.readString(children, ISO_8859_1).strip().split(" ", -1)) {
                look(Path.of("/proc/" + child + "/status"));
            }
        } catch (IOException e) {
            // Not Linux, or the process has just ended: what was seen so far stands.
        }
    }

    private void look(Path status) throws IOException {
        Matcher matcher = HIGH_WATER_MARK.matcher(Files.readString(status, ISO_8859_1));
        if (matcher.find()) {
            long seen = Long.parseLong(matcher.group(1)) * 1024;
            bytes = bytes == null ? seen : Math.max(bytes, seen);
        }
    }
}
