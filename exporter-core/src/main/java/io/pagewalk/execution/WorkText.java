package io.pagewalk.execution;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.pagewalk.error.Advice;
import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.error.NewerVersionException;
import io.pagewalk.internal.log.BodyReader;
import io.pagewalk.internal.log.BodyWriter;
import io.pagewalk.internal.log.CheckpointReader;
import io.pagewalk.internal.log.JsonFields;
import io.pagewalk.internal.log.SchemaFields;
import io.pagewalk.log.LostRange;
import io.pagewalk.model.InvalidTokenException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Work and outcomes as compact JSON, with what they share with log entries written as there. */
final class WorkText {
    /** Of all these texts. Nobody keeps one, so both sides are of one version. */
    private static final int VERSION = 1;

    static final String TOPIC = "topic";
    static final String PROBLEM = "problem";
    private static final String OUTCOME = "outcome";

    private static final JsonFactory JSON = new JsonFactory();

    private WorkText() {}

    @FunctionalInterface
    interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    static String of(ExportWork work) {
        return text(json -> {
            json.writeStringField("export", work.exportId());
            json.writeStringField(TOPIC, work.start().extent().topic());
            json.writeObjectFieldStart("start");
            new BodyWriter(json).start(work.start());
            json.writeEndObject();
            json.writeStringField("output", work.output());
            if (work.deadLetters() != null) {
                json.writeStringField("deadLetters", work.deadLetters());
            }
            json.writeStringField(
                    "setsAside", work.setsAside().stream().map(Part::name).collect(Collectors.joining(",")));
            json.writeNumberField("maxBadRecords", work.maxBadRecords());
        });
    }

    static ExportWork exportWork(String text) {
        return read(text, fields -> {
            String topic = fields.text(TOPIC);
            return new ExportWork(
                    fields.text("export"),
                    BodyReader.start(fields.object("start"), topic),
                    fields.text("output"),
                    fields.has("deadLetters") ? fields.text("deadLetters") : null,
                    parts(fields.text("setsAside")),
                    fields.number("maxBadRecords"));
        });
    }

    private static Set<Part> parts(String names) {
        return Arrays.stream(names.split(","))
                .filter(name -> !name.isEmpty())
                .map(Part::valueOf)
                .collect(Collectors.toSet());
    }

    static String of(SliceWork work) {
        return text(json -> {
            json.writeStringField(TOPIC, work.slice().topicPartition().topic());
            BodyWriter.writeRange(json, work.slice().partition(), work.slice().range());
            BodyWriter.writeRanges(json, "losses", work.losses());
            SchemaFields.writeMet(json, work.met());
        });
    }

    static SliceWork sliceWork(String text) {
        return read(
                text,
                fields -> new SliceWork(
                        BodyReader.slice(fields, fields.text(TOPIC)),
                        BodyReader.ranges(fields, "losses"),
                        SchemaFields.met(fields)));
    }

    static String of(SliceOutcome outcome) {
        return text(json -> {
            if (outcome instanceof SliceOutcome.Done done) {
                json.writeStringField(OUTCOME, "done");
                json.writeStringField(
                        TOPIC, done.file().slice().topicPartition().topic());
                json.writeFieldName("file");
                BodyWriter.writeFile(json, done.file());
                writeFigures(json, done.figures());
            } else if (outcome instanceof SliceOutcome.Lost lost) {
                json.writeStringField(OUTCOME, "lost");
                BodyWriter.writeRanges(json, "lost", List.of(lost.range()));
                json.writeStringField(PROBLEM, lost.problem());
                writeFigures(json, lost.figures());
            } else if (outcome instanceof SliceOutcome.Met met) {
                json.writeStringField(OUTCOME, "met");
                json.writeStringField("column", met.column());
                json.writeStringField("id", met.id());
                json.writeStringField(PROBLEM, met.problem());
                writeFigures(json, met.figures());
            } else {
                SliceOutcome.Failed failed = (SliceOutcome.Failed) outcome;
                json.writeStringField(OUTCOME, "failed");
                json.writeStringField("kind", failed.kind().name());
                json.writeStringField(PROBLEM, failed.problem());
                json.writeStringField("advice", failed.advice().name());
                if (failed.bad() != null) {
                    json.writeStringField("part", failed.bad().part().name());
                    json.writeStringField("why", failed.bad().why());
                }
            }
        });
    }

    static SliceOutcome outcome(String text) {
        return read(text, fields -> {
            String outcome = fields.text(OUTCOME);
            return switch (outcome) {
                case "done" ->
                    new SliceOutcome.Done(
                            BodyReader.file(fields.object("file"), fields.text(TOPIC)),
                            figures(fields.object("figures")));
                case "lost" ->
                    new SliceOutcome.Lost(
                            lost(BodyReader.ranges(fields, "lost")),
                            fields.text(PROBLEM),
                            figures(fields.object("figures")));
                case "met" ->
                    new SliceOutcome.Met(
                            fields.text("column"),
                            fields.text("id"),
                            fields.text(PROBLEM),
                            figures(fields.object("figures")));
                case "failed" ->
                    new SliceOutcome.Failed(
                            SliceOutcome.Failed.Kind.valueOf(fields.text("kind")),
                            fields.text(PROBLEM),
                            Advice.valueOf(fields.text("advice")),
                            fields.has("part")
                                    ? new SliceOutcome.Failed.Bad(Part.valueOf(fields.text("part")), fields.text("why"))
                                    : null);
                default -> throw new IllegalArgumentException("its outcome '" + outcome + "' is unknown");
            };
        });
    }

    static String of(Reach reach) {
        return text(json -> {
            if (reach.bootstrapServers() != null) {
                json.writeStringField("bootstrapServers", reach.bootstrapServers());
            }
            writeMap(json, "client", reach.client());
            writeMap(json, "files", reach.files());
            json.writeNumberField("retryTimeoutMillis", reach.retryTimeout().toMillis());
            json.writeNumberField("maxBytesPerSecond", reach.maxBytesPerSecond());
        });
    }

    static Reach reach(String text) {
        return read(
                text,
                fields -> new Reach(
                        fields.has("bootstrapServers") ? fields.text("bootstrapServers") : null,
                        fields.map("client"),
                        fields.map("files"),
                        Duration.ofMillis(fields.number("retryTimeoutMillis")),
                        fields.number("maxBytesPerSecond")));
    }

    /** In order, so that equal maps have one text. */
    static void writeMap(JsonGenerator json, String name, Map<String, String> map) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> entry : new TreeMap<>(map).entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    private static void writeFigures(JsonGenerator json, SliceFigures figures) throws IOException {
        json.writeObjectFieldStart("figures");
        json.writeNumberField("records", figures.records());
        json.writeNumberField("bytes", figures.bytes());
        json.writeNumberField("fetchedBytes", figures.fetchedBytes());
        json.writeBooleanField("adopted", figures.adopted());
        json.writeObjectFieldStart("threadMillis");
        for (Map.Entry<String, Long> spent : figures.threadMillis().entrySet()) {
            json.writeNumberField(spent.getKey(), spent.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static SliceFigures figures(JsonFields fields) {
        return new SliceFigures(
                fields.number("records"),
                fields.number("bytes"),
                fields.number("fetchedBytes"),
                fields.bool("adopted"),
                fields.numbersByName("threadMillis"));
    }

    private static LostRange lost(List<LostRange> ranges) {
        if (ranges.size() != 1) {
            throw new IllegalArgumentException("it is of " + ranges.size() + " losses, and not of one");
        }
        return ranges.get(0);
    }

    static String text(Members members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("version", VERSION);
            members.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static <T> T read(String text, Function<JsonFields, T> read) {
        try {
            JsonFields fields = new JsonFields(CheckpointReader.JSON.readTree(text));
            long version = fields.number("version");
            if (version != VERSION) {
                throw new IllegalArgumentException(
                        "it is of version " + version + ", and this Pagewalk knows " + VERSION);
            }
            T value = read.apply(fields);
            fields.requireNoOthers();
            return value;
        } catch (JsonProcessingException
                | IllegalArgumentException
                | ArithmeticException
                | DateTimeException
                | InvalidTokenException
                | NewerVersionException e) {
            throw new IllegalArgumentException(
                    "not a text of work that this Pagewalk has written: " + e.getMessage(), e);
        }
    }
}
