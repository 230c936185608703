package io.pagewalk.internal.log;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.LostRange;
import io.pagewalk.log.SeriesRun;
import io.pagewalk.log.Totals;
import io.pagewalk.model.Extent;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.plan.DeadLettersOf;
import io.pagewalk.plan.ExportPlan.PartitionState;
import io.pagewalk.plan.HeadRoom;
import io.pagewalk.plan.TopicFacts;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.DeadLetters;
import io.pagewalk.spi.FileContent;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what entries of each kind say, as members of an object that is begun. */
public record BodyWriter(JsonGenerator json) implements Checkpoint.Visitor<IOException> {
    /** Stands for a leader epoch that is not known. */
    static final int NO_EPOCH = -1;

    @Override
    public void start(Checkpoint.Start start) throws IOException {
        json.writeStringField("frozenAt", start.frozenAt().toString());
        writeExtent(json, start.extent());
        json.writeObjectField("compacted", start.compaction().toJson());
        json.writeArrayFieldStart("openTransactions");
        for (PartitionState state : start.openTransactions()) {
            writeNumbers(
                    json, state.partition(), state.logStartOffset(), state.lastStableOffset(), state.highWatermark());
        }
        json.writeEndArray();
        writeMap(json, "options", start.options().requested());
        writeMap(json, "resolved", start.options().resolved());
        writeMap(json, "fileSettings", start.options().fileSettings());
        json.writeNumberField("generation", start.naming().generation());
        json.writeStringField("digest", start.naming().digest());
        json.writeStringField("extension", start.naming().extension());
        json.writeStringField("directory", start.naming().directory());
        json.writeStringField("next", start.next().encode());
        writeDeadLettersOf(json, start.deadLettersOf());
        writeSeries(json, start.series());
        writeTopic(json, start.topicFacts());
        SchemaFields.write(json, start.schemas());
    }

    @Override
    public void page(Checkpoint.PageCommit page) throws IOException {
        json.writeNumberField("page", page.page());
        json.writeArrayFieldStart("files");
        for (DataFile file : page.files()) {
            writeFile(json, file);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("gaps");
        for (Map.Entry<Integer, Long> gaps : page.gaps().entrySet()) {
            writeNumbers(json, gaps.getKey(), gaps.getValue());
        }
        json.writeEndArray();
        writeTotals(json, page.totals());
        json.writeStringField("next", page.next().encode());
    }

    @Override
    public void loss(Checkpoint.Loss loss) throws IOException {
        writeRanges(json, "lost", loss.ranges());
        writeTotals(json, loss.totals());
    }

    @Override
    public void schemas(Checkpoint.Schemas schemas) throws IOException {
        SchemaFields.writeMet(json, schemas.met());
        writeTotals(json, schemas.totals());
    }

    @Override
    public void complete(Checkpoint.Complete complete) throws IOException {
        writeTotals(json, complete.totals());
    }

    private static void writeDeadLettersOf(JsonGenerator json, @Nullable DeadLettersOf deadLettersOf)
            throws IOException {
        if (deadLettersOf != null) {
            json.writeObjectFieldStart("deadLettersOf");
            json.writeStringField("export", deadLettersOf.exportId());
            json.writeNumberField("generation", deadLettersOf.generation());
            json.writeStringField("checksum", deadLettersOf.checksum());
            json.writeNumberField("records", deadLettersOf.records());
            json.writeEndObject();
        }
    }

    private static void writeSeries(JsonGenerator json, SeriesRun series) throws IOException {
        json.writeObjectFieldStart("series");
        json.writeNumberField("run", series.number());
        SeriesRun.After after = series.after();
        if (after != null) {
            json.writeObjectFieldStart("after");
            json.writeNumberField("sequence", after.sequence());
            json.writeStringField("checksum", after.checksum());
            json.writeEndObject();
            writeTotals(json, "before", series.before());
            writeRanges(json, "lostBefore", series.lostBefore());
            json.writeNumberField("lastMarked", series.lastMarked());
            HeadRoom room = series.headRoom();
            if (room != null) {
                writeHeadRoom(json, room);
            }
        }
        json.writeEndObject();
    }

    private static void writeHeadRoom(JsonGenerator json, HeadRoom room) throws IOException {
        json.writeObjectFieldStart("headRoom");
        json.writeStringField("at", room.at().toString());
        json.writeNumberField("retentionMs", room.retention().millis());
        json.writeNumberField("retentionBytes", room.retention().bytes());
        if (room.oldest() != null) {
            json.writeNumberField("oldest", room.oldest());
        }
        json.writeNumberField("offsets", room.offsets());
        json.writeEndObject();
    }

    private static void writeTopic(JsonGenerator json, @Nullable TopicFacts facts) throws IOException {
        if (facts != null) {
            json.writeObjectFieldStart("topicFacts");
            json.writeNumberField("partitions", facts.partitions());
            json.writeNumberField("replicationFactor", facts.replicationFactor());
            json.writeNumberField("retentionMs", facts.retention().millis());
            json.writeNumberField("retentionBytes", facts.retention().bytes());
            if (facts.configs() != null) {
                writeMap(json, "configs", facts.configs());
            }
            TopicFacts.KeptGroups groups = facts.groups();
            if (groups != null) {
                json.writeObjectFieldStart("groups");
                json.writeStringField("file", groups.file());
                json.writeStringField("checksum", groups.checksum());
                json.writeNumberField("count", groups.count());
                json.writeEndObject();
            }
            json.writeEndObject();
        }
    }

    private static void writeExtent(JsonGenerator json, Extent extent) throws IOException {
        json.writeObjectFieldStart("extent");
        json.writeStringField("cluster", extent.clusterId());
        json.writeStringField("topicId", extent.topicId().toString());
        json.writeStringField("isolation", extent.isolationLevel().name().toLowerCase(Locale.ROOT));
        json.writeArrayFieldStart("partitions");
        for (Map.Entry<Integer, OffsetRange> entry : extent.partitions().entrySet()) {
            OffsetRange range = entry.getValue();
            int epoch = extent.leaderEpochs().getOrDefault(entry.getKey(), NO_EPOCH);
            writeNumbers(json, entry.getKey(), range.start(), range.end(), epoch);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Writes three members. */
    public static void writeRange(JsonGenerator json, int partition, OffsetRange range) throws IOException {
        json.writeNumberField("partition", partition);
        json.writeNumberField("start", range.start());
        json.writeNumberField("end", range.end());
    }

    /** Writes an array. */
    public static void writeRanges(JsonGenerator json, String name, List<LostRange> ranges) throws IOException {
        json.writeArrayFieldStart(name);
        for (LostRange lost : ranges) {
            writeNumbers(
                    json, lost.partition(), lost.range().start(), lost.range().end());
        }
        json.writeEndArray();
    }

    private static void writeNumbers(JsonGenerator json, long... numbers) throws IOException {
        json.writeArray(numbers, 0, numbers.length);
    }

    private static void writeMap(JsonGenerator json, String name, Map<String, String> map) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> entry : map.entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    /** Writes an object. */
    public static void writeFile(JsonGenerator json, DataFile file) throws IOException {
        json.writeStartObject();
        json.writeStringField("path", file.name());
        writeRange(json, file.slice().partition(), file.slice().range());
        json.writeNumberField("records", file.content().records());
        json.writeNumberField("lost", file.lost());
        json.writeNumberField("gaps", file.gaps());
        if (file.elsewhere() > 0) {
            json.writeNumberField("elsewhere", file.elsewhere());
        }
        json.writeNumberField("bytes", file.bytes());
        json.writeStringField("checksum", file.checksum());
        json.writeNumberField("outside", file.outside());
        FileContent.Bounds bounds = file.content().bounds();
        if (bounds != null) {
            json.writeNumberField("firstOffset", bounds.firstOffset());
            json.writeNumberField("lastOffset", bounds.lastOffset());
            json.writeNumberField("minTimestamp", bounds.minTimestamp());
            json.writeNumberField("maxTimestamp", bounds.maxTimestamp());
        }
        DeadLetters letters = file.deadLetters();
        if (letters != null) {
            json.writeObjectFieldStart("deadLetters");
            json.writeNumberField("records", letters.records());
            json.writeNumberField("bytes", letters.bytes());
            json.writeStringField("checksum", letters.checksum());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void writeTotals(JsonGenerator json, Totals totals) throws IOException {
        writeTotals(json, "totals", totals);
    }

    static void writeTotals(JsonGenerator json, String name, Totals totals) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("pages", totals.pages());
        json.writeNumberField("files", totals.files());
        json.writeNumberField("records", totals.records());
        json.writeNumberField("setAside", totals.setAside());
        json.writeNumberField("bytes", totals.bytes());
        json.writeNumberField("offsets", totals.offsets());
        json.writeNumberField("gaps", totals.gaps());
        json.writeNumberField("lost", totals.lost());
        json.writeNumberField("saved", totals.saved());
        json.writeNumberField("outside", totals.outside());
        json.writeNumberField("elsewhere", totals.elsewhere());
        json.writeEndObject();
    }
}
