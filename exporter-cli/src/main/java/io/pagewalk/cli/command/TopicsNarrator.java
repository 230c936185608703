package io.pagewalk.cli.command;

import io.pagewalk.Export;
import io.pagewalk.ExportListener;
import io.pagewalk.ExportResult;
import io.pagewalk.RunFigures;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.document.ReportDocument;
import io.pagewalk.cli.document.TopicsReportDocument;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.failure.Failure;
import io.pagewalk.cli.metrics.ExportFigures;
import io.pagewalk.cli.progress.ProgressSample;
import io.pagewalk.cli.progress.TopicsProgress;
import io.pagewalk.cli.text.RunTexts;
import io.pagewalk.cli.text.TopicsTexts;
import io.pagewalk.topics.TopicExports;
import io.pagewalk.topics.TopicPlaces;
import io.pagewalk.topics.TopicResult;
import io.pagewalk.topics.TopicSelection;
import io.pagewalk.topics.TopicsListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells what becomes of each of many topics, and of all together. */
final class TopicsNarrator implements TopicsListener {
    private final Console console;
    private final TopicPlaces places;
    private final int threads;
    private final boolean series;
    private final boolean reports;
    private final Instant startedAt = Instant.now();
    private final long started = System.nanoTime();
    private TopicSelection.Chosen chosen = new TopicSelection.Chosen(List.of(), List.of());
    private Map<String, Long> waiting = new TreeMap<>();
    private final SortedMap<String, ExitCode> codes = new TreeMap<>();
    private final SortedMap<String, Record> documents = new TreeMap<>();
    private ProgressSample ended = ProgressSample.NONE;
    private final SortedMap<String, ExportFigures> figures = new TreeMap<>();
    private int nothingNew;
    private int notBegun;

    /**
     * @param series whether what is exported already is not exported again
     * @param reports whether documents are kept for a report
     */
    TopicsNarrator(Console console, TopicPlaces places, int threads, boolean series, boolean reports) {
        this.console = console;
        this.places = places;
        this.threads = threads;
        this.series = series;
        this.reports = reports;
    }

    synchronized void chosen(TopicSelection.Chosen topics) {
        chosen = topics;
    }

    @Override
    public synchronized void planned(Map<String, Long> offsets) {
        waiting = new TreeMap<>(offsets);
        console.info(TopicsTexts.begin(chosen.topics().size(), offsets, places.output()));
    }

    @Override
    public ExportListener begins(String topic, Export export) {
        synchronized (this) {
            waiting.remove(topic);
        }
        return new TopicNarrator(console, topic);
    }

    @Override
    public synchronized void ended(TopicResult result) {
        String topic = result.topic();
        waiting.remove(topic);
        Export export = result.export();
        Throwable failure = result.failure();
        Failure known = failure == null ? null : Failure.of(failure);
        ExitCode code = known != null ? known.code() : code(result.result());
        codes.put(topic, code);
        if (export == null) {
            notBegun++;
        } else {
            RunFigures figures = export.figures();
            ended = ended.plus(ProgressSample.of(figures));
            if (known == null) {
                tell(topic, figures, result.result());
            }
        }
        if (known != null) {
            console.error(TopicsTexts.failed(topic, known.message(), code.code()));
        }
        figures.put(
                topic,
                export == null
                        ? ExportFigures.notBegun(topic, code)
                        : ExportFigures.of(export.exportId(), topic, export.figures(), code, result.result()));
        if (reports) {
            documents.put(topic, document(topic, export, code, known));
        }
    }

    private static ExitCode code(@Nullable ExportResult result) {
        if (result == null) {
            return ExitCode.STOPPED;
        }
        return switch (result.outcome()) {
            case COMPLETE, NOTHING_NEW -> ExitCode.ofComplete(result.marked());
            case LIMIT, STOPPED -> ExitCode.STOPPED;
        };
    }

    private void tell(String topic, RunFigures figures, @Nullable ExportResult result) {
        if (figures.runs() == 0 || result == null) {
            nothingNew++;
            return;
        }
        console.info(TopicsTexts.ended(topic, result));
        new RunTexts(topic, topic, places.of(topic).output())
                .lacking(figures)
                .forEach(line -> console.warn(topic + ": " + line));
    }

    private Record document(String topic, @Nullable Export export, ExitCode code, @Nullable Failure known) {
        String error = known == null ? null : console.withoutSecrets(known.message());
        return export == null
                ? TopicsReportDocument.notBegun(topic, places.of(topic).output(), code, error)
                : ReportDocument.of(
                        export.exportId(), topic, places.of(topic).output(), threads, export.figures(), code, error);
    }

    /** Tells of all together. */
    synchronized ExitCode end() {
        TopicsTexts.end(codes, nothingNew, notBegun, ended.records(), ended.bytes(), elapsed())
                .forEach(console::info);
        TopicsTexts.failures(codes).ifPresent(console::error);
        return ExitCode.gravest(codes.values());
    }

    /** What is to be watched of each. */
    synchronized Collection<ExportFigures> figures() {
        return List.copyOf(figures.values());
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** How far they are. */
    synchronized TopicsProgress progress(TopicExports exports) {
        ProgressSample all = ended;
        List<String> topics = new ArrayList<>();
        for (Export export : exports.underWay()) {
            topics.add(export.exportId());
            all = all.plus(ProgressSample.of(export.figures()));
        }
        topics.sort(null);
        long left = series
                ? 0
                : waiting.values().stream().mapToLong(Long::longValue).sum();
        int failed =
                (int) codes.values().stream().filter(TopicsTexts::isFailure).count();
        return new TopicsProgress(chosen.topics().size(), codes.size(), failed, topics, all.within(elapsed(), left));
    }

    /** What the report has. */
    synchronized TopicsReportDocument document(ExitCode code, @Nullable String error) {
        return TopicsReportDocument.of(
                code,
                error,
                places.output(),
                startedAt,
                elapsed(),
                chosen,
                codes,
                nothingNew,
                ended.records(),
                ended.bytes(),
                documents);
    }
}
