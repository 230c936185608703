package io.pagewalk.cli;

import io.pagewalk.error.UsageException;
import io.pagewalk.model.TopicNames;
import java.nio.file.Path;
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
    Path output = Path.of("");

    @Option(
            names = "--checkpoints",
            paramLabel = "URI",
            description = "Keep the export's log there instead of in OUTPUT/_pagewalk.")
    @Nullable
    Path checkpoints;

    @Option(names = "--export-id", paramLabel = "ID", description = "The export's name (default: the topic's).")
    @Nullable
    String exportId;

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
