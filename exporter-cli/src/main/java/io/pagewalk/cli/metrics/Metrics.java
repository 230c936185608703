package io.pagewalk.cli.metrics;

import io.pagewalk.log.Totals;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The figures of a command's exports as Prometheus has them: gauges, with the labels {@code output}, {@code export} and {@code
 * topic}. For one thread.
 */
final class Metrics {
    private static final double MILLIS = 1e3;

    private final String output;
    private final Map<String, GaugeSnapshot.Builder> gauges = new LinkedHashMap<>();

    /** @param output what the exports are in */
    Metrics(String output) {
        this.output = output;
    }

    void add(ExportFigures figures) {
        Labels labels = Labels.of("output", output, "export", figures.export(), "topic", figures.topic());
        set(WatchedFigure.RUN_END, labels, seconds(figures.endedAt()));
        set(WatchedFigure.DURATION, labels, figures.elapsed().toMillis() / MILLIS);
        set(WatchedFigure.EXIT_CODE, labels, figures.exitCode().code());
        set(WatchedFigure.RUN_RECORDS, labels, (double) figures.records());
        set(WatchedFigure.RUN_BYTES, labels, (double) figures.bytes());
        Instant covered = figures.coveredUntil();
        if (covered != null) {
            set(WatchedFigure.SUCCESS, labels, seconds(figures.endedAt()));
            set(WatchedFigure.COVERED, labels, seconds(covered));
        }
        Totals totals = figures.totals();
        if (totals != null) {
            set(WatchedFigure.RECORDS, labels, (double) totals.records());
            set(WatchedFigure.BYTES, labels, (double) totals.bytes());
            set(WatchedFigure.FILES, labels, (double) totals.files());
            set(WatchedFigure.LOST, labels, (double) totals.lost());
            set(WatchedFigure.SET_ASIDE, labels, (double) totals.setAside());
        }
        Long lag = figures.lag();
        if (lag != null) {
            set(WatchedFigure.LAG, labels, (double) lag);
        }
        Long tableLag = figures.tableLag();
        if (tableLag != null) {
            set(WatchedFigure.TABLE_LAG, labels, (double) tableLag);
        }
        Double headRoom = figures.headRoom();
        if (headRoom != null) {
            set(WatchedFigure.HEAD_ROOM, labels, headRoom);
        }
    }

    /** What an earlier command had found. */
    void keep(WatchedFigure metric, String export, String topic, double value) {
        set(metric, Labels.of("output", output, "export", export, "topic", topic), value);
    }

    private void set(WatchedFigure metric, Labels labels, double value) {
        gauges.computeIfAbsent(
                        metric.fullName(),
                        name -> GaugeSnapshot.builder().name(name).help(metric.help()))
                .dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(labels)
                        .value(value)
                        .build());
    }

    private static double seconds(Instant time) {
        return time.toEpochMilli() / MILLIS;
    }

    /** All of them. */
    MetricSnapshots snapshots() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        gauges.values().forEach(gauge -> all.metricSnapshot(gauge.build()));
        return all.build();
    }

    void write(OutputStream out) throws IOException {
        PrometheusTextFormatWriter.create().write(out, snapshots());
    }
}
