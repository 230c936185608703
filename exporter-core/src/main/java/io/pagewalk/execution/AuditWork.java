package io.pagewalk.execution;

import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.PinnedOptions;
import io.pagewalk.payload.MetSchema;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.PinnedSchemas;
import io.pagewalk.plan.AskedTimes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the checks of all files of one run have in common.
 *
 * @param output the directory of its files, as {@code Locations.parseDirectory} takes it
 * @param pinned what is known of their content; null if the run's log does not tell, and then no more is known than what lists them
 */
public record AuditWork(String output, @Nullable Pinned pinned) {
    /**
     * What a run has pinned of the content of its files.
     *
     * @param fileSettings the file format with all its settings
     * @param formats the formats of keys, values and headers; those whose payloads have schemas by name alone
     * @param times the timestamps that were asked for
     * @param schemas what typed columns are made of, or null if there are none
     */
    public record Pinned(
            Map<String, String> fileSettings,
            PayloadFormats formats,
            AskedTimes times,
            @Nullable Schemas schemas) {
        public Pinned {
            fileSettings = Map.copyOf(fileSettings);
        }

        /** The same, where further ids are on record; of a run without typed columns the same. */
        public Pinned with(List<MetSchema> met) {
            return schemas == null
                    ? this
                    : new Pinned(
                            fileSettings,
                            formats,
                            times,
                            new Schemas(schemas.folder(), schemas.pinned().with(met)));
        }

        /**
         * That of a run.
         *
         * @param folder where in the output schemas are
         * @throws io.pagewalk.error.NewerVersionException if this program does not have one of the formats
         * @throws IllegalArgumentException if they are not complete, as in a log that this program did not write
         */
        public static Pinned of(Checkpoint.Start start, String folder) {
            PinnedOptions options = start.options();
            PinnedSchemas schemas = start.schemas();
            return new Pinned(
                    options.fileSettings(),
                    options.formats(),
                    options.askedTimes(),
                    schemas == null ? null : new Schemas(folder, schemas));
        }
    }

    /**
     * What typed columns are made of.
     *
     * @param folder where in the output their files are
     * @param pinned which they are
     */
    public record Schemas(String folder, PinnedSchemas pinned) {}

    /** The same as one line of text, to be sent to a process that runs this version of Pagewalk. */
    public String encode() {
        return AuditText.of(this);
    }

    /**
     * What was encoded.
     *
     * @throws IllegalArgumentException if this version of Pagewalk has not written it
     */
    public static AuditWork decode(String text) {
        return AuditText.auditWork(text);
    }
}
