package io.pagewalk.cli.option;

import io.pagewalk.ExportPlace;
import io.pagewalk.Locations;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.location.Location;
import io.pagewalk.model.TopicNames;
import io.pagewalk.topics.TopicPlaces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where an export's files and its log are. */
@Command(optionListHeading = "Output")
public final class OutputOptions {
    @Option(
            names = "--output",
            required = true,
            paramLabel = "URI",
            description =
                    "The directory of the data files: a path, or a URI with file:, s3: or hdfs:, or, experimental, gs: or abfs:. One export"
                            + " per topic and output.")
    public DirectoryLocation output = Locations.directory(Path.of(""));

    @Option(
            names = "--checkpoints",
            paramLabel = "URI",
            description =
                    "Keep the export's log there instead of in OUTPUT/_pagewalk: in a directory, or in a Kafka topic"
                            + " (kafka:TOPIC) of the cluster that --bootstrap-server names.")
    @Nullable
    public Location checkpoints;

    @Option(names = "--export-id", paramLabel = "ID", description = "The export's name (default: the topic's).")
    @Nullable
    String exportId;

    @Option(
            names = "--hadoop-conf",
            paramLabel = "FILE",
            description = "Settings of Hadoop's file systems, such as a core-site.xml; may be repeated.")
    List<Path> hadoopConf = new ArrayList<>();

    @Option(
            names = {"-D", "--hadoop-property"},
            paramLabel = "NAME=VALUE",
            description =
                    "One setting of Hadoop's file systems, such as fs.s3a.endpoint; may be repeated, and goes before"
                            + " those of --hadoop-conf.")
    List<String> hadoopProperties = new ArrayList<>();

    /**
     * Where the export is.
     *
     * @throws UsageException if its name is none
     */
    public ExportPlace place() {
        return new ExportPlace(output, checkpoints, exportId());
    }

    /**
     * Where the exports of many topics are.
     *
     * @throws UsageException if one export is named
     */
    public TopicPlaces places() {
        if (exportId != null) {
            throw new UsageException(
                    "--export-id names one export; those of many topics have the names of their topics");
        }
        return new TopicPlaces(output, checkpoints);
    }

    /**
     * The export's name, or null if it was not given.
     *
     * @throws UsageException if it cannot serve as the name of a folder everywhere
     */
    @Nullable
    private String exportId() {
        if (exportId != null && !TopicNames.isValid(exportId)) {
            throw new UsageException("--export-id '" + Reasons.oneLine(exportId)
                    + "' is not 1 to 249 letters, digits, dots, dashes and underscores");
        }
        return exportId;
    }
}
