package io.pagewalk.cli.text;

import io.pagewalk.ExportResult;
import io.pagewalk.RunFigures;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.log.ExportState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** What is said of the exports of many topics. */
public final class TopicsTexts {
    private static final int TOLD_FAILURES = 20;

    private TopicsTexts() {}

    /** {@code 50 topics, 1,000,000 offsets, to /data/lake} */
    public static String begin(int topics, Map<String, Long> offsets, DirectoryLocation output) {
        long all = offsets.values().stream().mapToLong(Long::longValue).sum();
        return Human.count(topics, "topic") + ", " + Human.count(all, "offset") + ", to " + output;
    }

    /** One line of a topic for which something was done. */
    public static String ended(String topic, ExportResult result) {
        RunFigures figures = result.figures();
        ExportState begun = figures.begun();
        int run = begun == null ? 1 : begun.series().number();
        String name = topic + (run > 1 ? ", run " + run : "");
        String what = switch (result.outcome()) {
            case COMPLETE, NOTHING_NEW -> "complete";
            case LIMIT -> "stopped at its limit";
            case STOPPED -> "stopped on request";
        };
        return name + ": " + what + ", " + Headlines.committed(figures.totals());
    }

    /** The line of a topic's failure; most begin with its name already. */
    public static String failed(String topic, String message, int code) {
        boolean named = message.startsWith(topic + ":") || message.startsWith(topic + "-");
        return (named ? "" : topic + ": ") + message + " (exit code " + code + ")";
    }

    /** What became of all. */
    public static List<String> end(
            SortedMap<String, ExitCode> codes,
            int nothingNew,
            int notBegun,
            long records,
            long bytes,
            Duration elapsed) {
        List<String> lines = new ArrayList<>();
        long marked = count(codes, ExitCode.COMPLETE_WITH_EXCEPTIONS);
        long complete = count(codes, ExitCode.COMPLETE) + marked;
        lines.add(Human.count(complete) + " of " + Human.count(codes.size(), "topic") + " complete"
                + (nothingNew == 0 ? "" : ", " + Human.count(nothingNew) + " of them had nothing new")
                + (marked == 0 ? "" : ", " + Human.count(marked) + " with something on record")
                + "; " + Human.count(records, "record") + " read in " + Human.duration(elapsed) + ", "
                + Human.rate(bytes, elapsed));
        long stopped = count(codes, ExitCode.STOPPED);
        if (stopped > 0) {
            lines.add(Human.count(stopped, "topic") + " not complete"
                    + (notBegun == 0 ? "" : ", " + Human.count(notBegun) + " of them not begun")
                    + "; run the same command again to go on");
        }
        return lines;
    }

    private static long count(SortedMap<String, ExitCode> codes, ExitCode code) {
        return codes.values().stream().filter(code::equals).count();
    }

    /** Which topics have failed, and how; empty if none has. */
    public static Optional<String> failures(SortedMap<String, ExitCode> codes) {
        List<String> failed = codes.entrySet().stream()
                .filter(entry -> isFailure(entry.getValue()))
                .map(entry -> entry.getKey() + " (" + entry.getValue().code() + ")")
                .toList();
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Human.count(failed.size()) + " of " + Human.count(codes.size(), "topic")
                + " failed, with exit code: "
                + String.join(", ", failed.subList(0, Math.min(TOLD_FAILURES, failed.size())))
                + (failed.size() > TOLD_FAILURES
                        ? " and " + (failed.size() - TOLD_FAILURES) + " more, which --report names"
                        : "")
                + "; run the same command again once that is fixed: it goes on with them");
    }

    /** Whether that is neither complete nor stopped. */
    public static boolean isFailure(ExitCode code) {
        return code != ExitCode.COMPLETE && code != ExitCode.COMPLETE_WITH_EXCEPTIONS && code != ExitCode.STOPPED;
    }
}
