package io.pagewalk.benchmark.macro;

import io.pagewalk.benchmark.macro.kafka.Topic;
import io.pagewalk.benchmark.macro.measure.Failed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The room on the disk. */
record Room(Path directory) {
    /** In the broker's log, compressed; with room to spare. */
    private static final long BYTES_A_RECORD = 400;

    /** In the largest output, JSON lines with the value as an escaped string; with room to spare. */
    private static final long OUTPUT_BYTES_A_RECORD = 900;

    /** Throws {@link Failed} if there is not enough for the topics and the largest output. */
    void require(List<Scenario> scenarios) throws IOException {
        List<Topic> topics = scenarios.stream()
                .flatMap(scenario -> scenario.entrants().stream())
                .map(Entrant::topic)
                .distinct()
                .toList();
        long logs = topics.stream().mapToLong(Topic::records).sum() * BYTES_A_RECORD;
        long output = topics.stream().mapToLong(Topic::records).max().orElse(0) * OUTPUT_BYTES_A_RECORD;
        long room = Files.getFileStore(directory).getUsableSpace();
        if (room < logs + output) {
            throw new Failed(String.format(
                    "%s has %.1f GB free, this needs %.1f GB; give a --work-dir with more room, or fewer --records",
                    directory.getParent(), room / 1e9, (logs + output) / 1e9));
        }
    }
}
