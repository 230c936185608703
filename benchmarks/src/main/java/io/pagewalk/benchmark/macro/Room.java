package io.pagewalk.benchmark.macro;

import io.pagewalk.benchmark.macro.kafka.Topic;
import io.pagewalk.benchmark.macro.measure.Failed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The room on the disk. */
record Room(Path directory) {
    /** Of what a record takes in the largest output besides its bytes, which may be escaped; with room to spare. */
    private static final long FIELDS = 250;

    /** Throws {@link Failed} if there is not enough for the topics and the largest output. */
    void require(List<Scenario> scenarios) throws IOException {
        List<Topic> topics = scenarios.stream()
                .flatMap(scenario -> scenario.entrants().stream())
                .map(Entrant::topic)
                .distinct()
                .toList();
        // As if nothing were compressed.
        long logs = topics.stream().mapToLong(Room::bytes).sum();
        long output = topics.stream().mapToLong(Room::outputBytes).max().orElse(0);
        long room = Files.getFileStore(directory).getUsableSpace();
        if (room < logs + output) {
            throw new Failed(String.format(
                    "%s has %.1f GB free, this needs %.1f GB; give a --work-dir with more room, or fewer --records",
                    directory.getParent(), room / 1e9, (logs + output) / 1e9));
        }
    }

    private static long bytes(Topic topic) {
        return topic.allRecords() * topic.bytesARecord();
    }

    private static long outputBytes(Topic topic) {
        return 3 * bytes(topic) / 2 + topic.allRecords() * FIELDS;
    }
}
