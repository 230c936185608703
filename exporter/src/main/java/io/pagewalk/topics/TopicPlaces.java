package io.pagewalk.topics;

import io.pagewalk.ExportPlace;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.location.Location;
import io.pagewalk.model.DataFileName;
import org.jspecify.annotations.Nullable;

/**
 * Where the exports of many topics are: each in a directory of its own in one output, which any command can work on as the output
 * of one export.
 *
 * @param output what the directories are in
 * @param log where all logs are, or null for the usual place of each
 */
public record TopicPlaces(
        DirectoryLocation output, @Nullable Location log) {
    /** The place of a topic's export. The directory has the topic's name, or, where engines would hide that, one that begins with {@code topic~}. */
    public ExportPlace of(String topic) {
        return new ExportPlace(output.resolve(DataFileName.partOf(topic)), log, null);
    }
}
