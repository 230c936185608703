package io.pagewalk.plan;

import io.pagewalk.error.UsageException;
import io.pagewalk.model.Direction;
import io.pagewalk.model.TopicNames;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.SchemaChoice;
import java.time.ZoneId;
import java.util.Map;
import org.apache.kafka.common.IsolationLevel;
import org.jspecify.annotations.Nullable;

/** Collects what an {@link ExportSpec} says. Whatever is not said has the default of the command line. For one thread. */
public final class ExportSpecBuilder {
    private final String topic;
    private final Map<String, String> fileSettings;
    private OffsetBound from = new OffsetBound.Earliest();
    private OffsetBound to = new OffsetBound.Latest();
    private PartitionSet partitions = PartitionSet.ALL;
    private Direction direction = Direction.ASC;
    private IsolationLevel isolationLevel = IsolationLevel.READ_COMMITTED;
    private Size pageSize = ExportSpec.DEFAULT_PAGE_SIZE;
    private @Nullable Size fileSize;
    private @Nullable PayloadFormat keyFormat;
    private @Nullable PayloadFormat valueFormat;
    private @Nullable PayloadFormat headerFormat;
    private @Nullable String fromDeadLetters;
    private ZoneId zone = ExportSpec.UTC;
    private @Nullable Windows windows;
    private @Nullable SchemaChoice keySchema;
    private @Nullable SchemaChoice valueSchema;

    ExportSpecBuilder(String topic, Map<String, String> fileSettings) {
        this.topic = topic;
        this.fileSettings = fileSettings;
    }

    /** Where every partition begins; the earliest offset unless it is said. */
    public ExportSpecBuilder from(OffsetBound bound) {
        from = bound;
        return this;
    }

    /** Where every partition ends, exclusive; the latest offset unless it is said. */
    public ExportSpecBuilder to(OffsetBound bound) {
        to = bound;
        return this;
    }

    public ExportSpecBuilder partitions(PartitionSet which) {
        partitions = which;
        return this;
    }

    public ExportSpecBuilder direction(Direction which) {
        direction = which;
        return this;
    }

    public ExportSpecBuilder isolationLevel(IsolationLevel level) {
        isolationLevel = level;
        return this;
    }

    /** How much is committed at a time. */
    public ExportSpecBuilder pageSize(Size size) {
        pageSize = size;
        return this;
    }

    /** How much goes into one file; null for the default. */
    public ExportSpecBuilder fileSize(@Nullable Size size) {
        fileSize = size;
        return this;
    }

    /** What keys are; null to decide from a sample. */
    public ExportSpecBuilder keys(@Nullable PayloadFormat format) {
        keyFormat = format;
        return this;
    }

    /** What values are; null to decide from a sample. */
    public ExportSpecBuilder values(@Nullable PayloadFormat format) {
        valueFormat = format;
        return this;
    }

    /** What the values of headers are; null to decide from a sample. */
    public ExportSpecBuilder headers(@Nullable PayloadFormat format) {
        headerFormat = format;
        return this;
    }

    /** Which schemas keys have, whose columns they become; null for keys without schemas. */
    public ExportSpecBuilder keySchema(@Nullable SchemaChoice choice) {
        keySchema = choice;
        return this;
    }

    /** Which schemas values have, whose columns they become; null for values without schemas. */
    public ExportSpecBuilder valueSchema(@Nullable SchemaChoice choice) {
        valueSchema = choice;
        return this;
    }

    /** The output whose dead letters are exported; null for the topic itself. */
    public ExportSpecBuilder fromDeadLetters(@Nullable String output) {
        fromDeadLetters = output;
        return this;
    }

    /** Where its days begin; UTC unless it is said. */
    public ExportSpecBuilder zone(ZoneId where) {
        zone = where;
        return this;
    }

    /** How a series is cut into windows, one run each; null for runs that end where the topic ends then. */
    public ExportSpecBuilder windows(@Nullable Windows cut) {
        windows = cut;
        return this;
    }

    /**
     * What was collected.
     *
     * @throws UsageException if the topic's name is none, or the bounds contradict each other
     */
    public ExportSpec build() {
        if (!TopicNames.isValid(topic)) {
            throw new UsageException("'" + topic.replaceAll("\\p{Cc}", " ")
                    + "' is not a topic name: 1 to 249 letters, digits, dots, dashes and underscores");
        }
        return new ExportSpec(
                topic,
                from,
                to,
                partitions,
                direction,
                isolationLevel,
                pageSize,
                fileSize,
                keyFormat,
                valueFormat,
                headerFormat,
                fileSettings,
                fromDeadLetters,
                zone,
                windows,
                keySchema,
                valueSchema);
    }
}
