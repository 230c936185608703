package io.pagewalk.benchmark.macro.measure;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What pages over HTTP cost. Nothing of it is measured if the lists are empty.
 *
 * @param pageMillis the time for each page of 50 records, on one connection, of a topic that was read before
 * @param widePageMillis likewise, of a topic with 100 partitions
 * @param streamCpuSeconds the CPU time of a server, from its start until it had streamed the whole topic, in each round
 * @param exportCpuSeconds that of an export of the same topic to JSONL in the same round
 */
public record ServedPages(
        List<Double> pageMillis,
        List<Double> widePageMillis,
        List<Double> streamCpuSeconds,
        List<Double> exportCpuSeconds) {
    /** Nothing was measured. */
    public static final ServedPages NONE = new ServedPages(List.of(), List.of(), List.of(), List.of());

    /** For the report; empty if nothing was measured. */
    public String text() {
        if (pageMillis.isEmpty()) {
            return "";
        }
        double page = percentile(pageMillis, 50);
        double wide = percentile(widePageMillis, 50);
        List<Double> ratios = IntStream.range(0, streamCpuSeconds.size())
                .mapToObj(round -> streamCpuSeconds.get(round) / exportCpuSeconds.get(round))
                .toList();
        String ratio = String.format(
                Locale.ROOT,
                "%.2f (%.2f..%.2f)",
                percentile(ratios, 50),
                percentile(ratios, 0),
                percentile(ratios, 100));
        return "## Pages over HTTP\n\n"
                + "| | median | 90 % | ratio |\n|---|---|---|---|\n"
                + row("a page of 50 records, ms", pageMillis, "1.00")
                + row(
                        "of a topic with 100 partitions, ms",
                        widePageMillis,
                        String.format(Locale.ROOT, "%.2f", wide / page))
                + row("export to JSONL, CPU s", exportCpuSeconds, "1.00")
                + row("streaming the same topic, CPU s", streamCpuSeconds, ratio)
                + "\n";
    }

    private static String row(String what, List<Double> values, String ratio) {
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %s |%n",
                what,
                percentile(values, 50),
                percentile(values, 90),
                ratio);
    }

    private static double percentile(List<Double> values, int percent) {
        return values.stream()
                .sorted()
                .skip((long) (values.size() - 1) * percent / 100)
                .findFirst()
                .orElse(0.0);
    }
}
