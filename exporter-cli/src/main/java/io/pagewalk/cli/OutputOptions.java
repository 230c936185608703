package io.pagewalk.cli;

import io.pagewalk.cli.place.Access;
import io.pagewalk.cli.place.DirectoryLocation;
import io.pagewalk.cli.place.KafkaTopic;
import io.pagewalk.cli.place.LocalDirectory;
import io.pagewalk.cli.place.Location;
import io.pagewalk.error.UsageException;
import io.pagewalk.kafka.KafkaSettings;
import io.pagewalk.model.TopicNames;
import io.pagewalk.run.StopSignal;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where an export's files and its log are. */
@Command(optionListHeading = "Output")
final class OutputOptions {
    @Option(
            names = "--output",
            required = true,
            paramLabel = "URI",
            description = "The directory of the data files: a path or a file: URI. One export per topic and output.")
    DirectoryLocation output = new LocalDirectory(Path.of(""));

    @Option(
            names = "--checkpoints",
            paramLabel = "URI",
            description =
                    "Keep the export's log there instead of in OUTPUT/_pagewalk: in a directory, or in a Kafka topic"
                            + " (kafka:TOPIC) of the cluster that --bootstrap-server names.")
    @Nullable
    Location checkpoints;

    @Option(names = "--export-id", paramLabel = "ID", description = "The export's name (default: the topic's).")
    @Nullable
    String exportId;

    /**
     * How to reach the places that these options name.
     *
     * @param clusters tells how to reach the cluster of a topic that holds logs
     * @param stop ends waiting for that cluster
     */
    Access access(Function<KafkaTopic, KafkaSettings> clusters, StopSignal stop) {
        return new Access(clusters, stop);
    }

    /**
     * The export's name, or null if it was not given.
     *
     * @throws UsageException if it cannot serve as the name of a folder everywhere
     */
    @Nullable
    String exportId() {
        if (exportId != null && !TopicNames.isValid(exportId)) {
            throw new UsageException("--export-id '" + Failure.oneLine(exportId)
                    + "' is not 1 to 249 letters, digits, dots, dashes and underscores");
        }
        return exportId;
    }
}
