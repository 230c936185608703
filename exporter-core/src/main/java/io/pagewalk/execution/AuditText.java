package io.pagewalk.execution;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pagewalk.audit.Digest;
import io.pagewalk.internal.log.BodyReader;
import io.pagewalk.internal.log.BodyWriter;
import io.pagewalk.internal.log.JsonFields;
import io.pagewalk.internal.log.SchemaFields;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.plan.AskedTimes;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/** The checks of an audit, and what they have found, as {@link WorkText} has the work on slices. */
final class AuditText {
    private static final String PINNED = "pinned";
    private static final String SOUND = "sound";
    private static final String DIGEST = "digest";

    private AuditText() {}

    static String of(AuditWork work) {
        return WorkText.text(json -> {
            json.writeStringField("output", work.output());
            if (work.pinned() != null) {
                writePinned(json, work.pinned());
            }
        });
    }

    private static void writePinned(JsonGenerator json, AuditWork.Pinned pinned) throws IOException {
        json.writeObjectFieldStart(PINNED);
        WorkText.writeMap(json, "fileSettings", pinned.fileSettings());
        WorkText.writeMap(json, "formats", pinned.formats().toMap());
        json.writeNumberField("firstTime", pinned.times().first());
        json.writeNumberField("lastTime", pinned.times().last());
        AuditWork.Schemas schemas = pinned.schemas();
        if (schemas != null) {
            json.writeStringField("schemaFolder", schemas.folder());
            SchemaFields.write(json, schemas.pinned());
        }
        json.writeEndObject();
    }

    static AuditWork auditWork(String text) {
        return WorkText.read(
                text,
                fields -> new AuditWork(
                        fields.text("output"), fields.has(PINNED) ? pinned(fields.object(PINNED)) : null));
    }

    private static AuditWork.Pinned pinned(JsonFields fields) {
        return new AuditWork.Pinned(
                fields.map("fileSettings"),
                PayloadFormats.ofMap(fields.map("formats")),
                new AskedTimes(fields.number("firstTime"), fields.number("lastTime")),
                fields.has("schemas")
                        ? new AuditWork.Schemas(
                                fields.text("schemaFolder"), SchemaFields.read(fields.object("schemas")))
                        : null);
    }

    static String of(FileWork work) {
        return WorkText.text(json -> {
            json.writeStringField(
                    WorkText.TOPIC, work.file().slice().topicPartition().topic());
            json.writeFieldName("file");
            BodyWriter.writeFile(json, work.file());
            json.writeBooleanField("deep", work.deep());
            json.writeArrayFieldStart("aside");
            for (long offset : new TreeSet<>(work.aside())) {
                json.writeNumber(offset);
            }
            json.writeEndArray();
        });
    }

    static FileWork fileWork(String text) {
        return WorkText.read(
                text,
                fields -> new FileWork(
                        BodyReader.file(fields.object("file"), fields.text(WorkText.TOPIC)),
                        fields.bool("deep"),
                        Set.copyOf(fields.numbers("aside"))));
    }

    static String of(FileOutcome outcome) {
        return WorkText.text(json -> {
            String problem = outcome.problem();
            json.writeBooleanField(SOUND, problem == null);
            if (problem != null) {
                json.writeStringField(WorkText.PROBLEM, problem);
            }
            Digest digest = outcome.digest();
            if (digest != null) {
                json.writeObjectFieldStart(DIGEST);
                json.writeNumberField("high", digest.high());
                json.writeNumberField("low", digest.low());
                json.writeEndObject();
            }
        });
    }

    static FileOutcome fileOutcome(String text) {
        return WorkText.read(
                text,
                fields -> new FileOutcome(
                        fields.bool(SOUND) ? null : fields.text(WorkText.PROBLEM),
                        fields.has(DIGEST) ? digest(fields.object(DIGEST)) : null));
    }

    private static Digest digest(JsonFields fields) {
        return new Digest(fields.number("high"), fields.number("low"));
    }
}
