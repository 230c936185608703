package io.pagewalk.cli.page;

import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.option.ClientSettings;
import io.pagewalk.location.DirectoryLocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Of which exports it is told where they stand. */
@Command(optionListHeading = "Exports")
public final class ServedExportsOptions {
    @Option(
            names = "--exports",
            paramLabel = "URI",
            description =
                    "An output whose exports are shown with their topics, or what has such outputs for many topics;"
                            + " may be repeated.")
    private List<DirectoryLocation> outputs = new ArrayList<>();

    @Option(
            names = "--hadoop-conf",
            paramLabel = "FILE",
            description = "Settings of Hadoop's file systems, such as a core-site.xml; may be repeated.")
    private List<Path> hadoopConf = new ArrayList<>();

    @Option(
            names = {"-D", "--hadoop-property"},
            paramLabel = "NAME=VALUE",
            description =
                    "One setting of Hadoop's file systems, such as fs.s3a.endpoint; may be repeated, and goes before"
                            + " those of --hadoop-conf.")
    private List<String> hadoopProperties = new ArrayList<>();

    /** Where they are. */
    public List<DirectoryLocation> outputs() {
        return outputs;
    }

    /** Settings of file systems; their values are secret. */
    public Map<String, String> hadoop(Console console) {
        Map<String, String> hadoop = ClientSettings.pairs("--hadoop-property", hadoopProperties);
        console.keepSecret(hadoop);
        return hadoop;
    }

    /** Files of them. */
    public List<Path> hadoopFiles() {
        return hadoopConf;
    }
}
