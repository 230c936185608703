package io.pagewalk.internal.http.answer;

import io.pagewalk.Pages;
import io.pagewalk.listing.ListedPage;
import io.pagewalk.record.RecordView;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** What the server has done, as Prometheus has it. Safe for use by any number of threads. */
public final class ServedFigures {
    private static final double[] BOUNDS = {
        0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, Double.POSITIVE_INFINITY
    };

    private static final double NANOS = 1e9;

    private record Kind(String route, int status) {}

    private final ConcurrentMap<Kind, LongAdder> requests = new ConcurrentHashMap<>();
    private final AtomicLongArray durations = new AtomicLongArray(BOUNDS.length);
    private final LongAdder nanos = new LongAdder();
    private final LongAdder pages = new LongAdder();
    private final LongAdder records = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final Pages reading;

    /** @param reading who reads the pages */
    public ServedFigures(Pages reading) {
        this.reading = reading;
    }

    /** A request was answered, or its answer has begun. */
    public void answered(String route, int status, long took) {
        requests.computeIfAbsent(new Kind(route, status), kind -> new LongAdder())
                .increment();
        for (int i = 0; i < BOUNDS.length; i++) {
            if (took / NANOS <= BOUNDS[i]) {
                durations.incrementAndGet(i);
                break;
            }
        }
        nanos.add(took);
    }

    /** A page was read. */
    public void read(ListedPage page) {
        pages.increment();
        records.add(page.records().size());
        bytes.add(page.records().stream().mapToLong(RecordView::size).sum());
    }

    /**
     * In the text format of Prometheus.
     *
     * @param streams how many streams are written at this moment
     */
    public byte[] text(int streams) {
        CounterSnapshot.Builder answered = CounterSnapshot.builder()
                .name("pagewalk_http_requests")
                .help("Requests that were answered, by route and status.");
        for (Map.Entry<Kind, LongAdder> entry : requests.entrySet()) {
            answered.dataPoint(CounterDataPointSnapshot.builder()
                    .labels(Labels.of(
                            "route",
                            entry.getKey().route(),
                            "status",
                            Integer.toString(entry.getKey().status())))
                    .value((double) entry.getValue().sum())
                    .build());
        }
        MetricSnapshots snapshots = MetricSnapshots.builder()
                .metricSnapshot(answered.build())
                .metricSnapshot(durations())
                .metricSnapshot(counter("pagewalk_http_pages", "Pages that were read.", pages))
                .metricSnapshot(counter("pagewalk_http_records", "Records of these pages.", records))
                .metricSnapshot(counter(
                        "pagewalk_http_record_bytes", "Bytes of the keys, values and headers of these records.", bytes))
                .metricSnapshot(
                        gauge("pagewalk_http_busy_readers", "Readers that read at this moment.", reading.busyReaders()))
                .metricSnapshot(gauge("pagewalk_http_streams", "Streams that are written at this moment.", streams))
                .build();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(out, snapshots);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private HistogramSnapshot durations() {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (int i = 0; i < BOUNDS.length; i++) {
            buckets.bucket(BOUNDS[i], durations.get(i));
        }
        return HistogramSnapshot.builder()
                .name("pagewalk_http_request_duration_seconds")
                .help("How long requests took until their answer was ready, or began.")
                .dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(buckets.build())
                        .sum(nanos.sum() / NANOS)
                        .build())
                .build();
    }

    private static CounterSnapshot counter(String name, String help, LongAdder value) {
        return CounterSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(CounterDataPointSnapshot.builder()
                        .value((double) value.sum())
                        .build())
                .build();
    }

    private static GaugeSnapshot gauge(String name, String help, double value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                .build();
    }
}
