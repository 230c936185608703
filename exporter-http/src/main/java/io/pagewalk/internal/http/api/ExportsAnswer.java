package io.pagewalk.internal.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pagewalk.ExportStatus;
import io.pagewalk.Pagewalk;
import io.pagewalk.StoredExport;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.http.FailureTexts;
import io.pagewalk.internal.http.answer.Documents;
import io.pagewalk.internal.http.server.Exchange;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.Totals;
import io.pagewalk.plan.HeadRoom;
import io.pagewalk.topics.StoredTopics;
import io.pagewalk.topics.TopicPlaces;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where exports stand, by their logs. Safe for use by any number of threads. */
final class ExportsAnswer {
    /** Logs may be far away; who asks again at once is told the same. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    /** A place that is not there looks like an empty one: an object store has no directories. */
    private static final String NOTHING =
            "there is no export, neither in it nor in a directory of it; check --exports, unless one is yet to begin";

    private final Pagewalk pagewalk;
    private final List<DirectoryLocation> outputs;
    private final FailureTexts texts;
    private byte @Nullable [] known;
    private long knownAt;

    ExportsAnswer(Pagewalk pagewalk, List<DirectoryLocation> outputs, FailureTexts texts) {
        this.pagewalk = pagewalk;
        this.outputs = outputs;
        this.texts = texts;
    }

    /** All exports in the places that the server was given. */
    void all(Exchange exchange, String[] variables) {
        TopicsAnswer.requireNoQuery(exchange);
        exchange.header("Content-Type", "application/json");
        exchange.header("Cache-Control", "no-store");
        exchange.send(200, document());
    }

    private synchronized byte[] document() {
        if (known == null || System.nanoTime() - knownAt > FRESH.toNanos()) {
            known = Documents.of(json -> {
                json.writeStartObject();
                json.writeArrayFieldStart("exports");
                for (DirectoryLocation output : outputs) {
                    write(output, json);
                }
                json.writeEndArray();
                json.writeEndObject();
            });
            knownAt = System.nanoTime();
        }
        return known;
    }

    /** Its own exports, or else those of the topics that have a directory in it. */
    private void write(DirectoryLocation output, JsonGenerator json) throws IOException {
        List<StoredExport> found = new ArrayList<>();
        try {
            found.addAll(pagewalk.exports(output));
            if (found.isEmpty()) {
                new StoredTopics(pagewalk, new TopicPlaces(output, null))
                        .find(null)
                        .forEach(topic -> found.add(topic.export()));
            }
            if (found.isEmpty()) {
                writeProblem(output, NOTHING, json);
            }
        } catch (PagewalkException e) {
            writeProblem(output, texts.tell(e).message(), json);
        }
        for (StoredExport export : found) {
            ExportStatus status;
            try {
                status = export.status();
            } catch (PagewalkException e) {
                writeProblem(export.place().output(), texts.tell(e).message(), json);
                continue;
            }
            write(export.place().output(), status, json);
        }
    }

    private static void writeProblem(DirectoryLocation output, String problem, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("output", output.toString());
        json.writeStringField("problem", problem);
        json.writeEndObject();
    }

    private static void write(DirectoryLocation output, ExportStatus status, JsonGenerator json) throws IOException {
        ExportState state = status.state();
        json.writeStartObject();
        json.writeStringField("output", output.toString());
        json.writeStringField("export", status.exportId());
        json.writeStringField("topic", status.topic());
        if (state == null) {
            json.writeStringField("state", "not-started");
        } else {
            write(state, json);
        }
        json.writeEndObject();
    }

    private static void write(ExportState state, JsonGenerator json) throws IOException {
        long size = state.start().extent().size();
        Totals run = state.totals();
        Totals all = state.seriesTotals();
        json.writeStringField("state", state.isComplete() ? "complete" : "not-complete");
        json.writeNumberField("run", state.series().number());
        json.writeNumberField("committedShare", size == 0 ? 1.0 : (double) run.offsets() / size);
        json.writeNumberField("records", all.records());
        json.writeNumberField("setAside", all.setAside());
        json.writeNumberField("lost", all.lost());
        json.writeNumberField("bytes", all.bytes());
        json.writeStringField("frozen", state.start().frozenAt().toString());
        json.writeStringField("lastCommit", state.last().committedAt().toString());
        HeadRoom room = state.series().headRoom();
        json.writeFieldName("headRoom");
        if (room == null || room.share().isEmpty()) {
            json.writeNull();
        } else {
            json.writeNumber(room.share().getAsDouble());
        }
    }
}
