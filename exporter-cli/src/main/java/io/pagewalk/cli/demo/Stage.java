package io.pagewalk.cli.demo;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.log.LogName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the chapters of the demo share: the broker, the commands, and what is told of them.
 *
 * @param launcher how the reader calls Pagewalk
 */
record Stage(ExportRuns pagewalk, Script script, String servers, String launcher) {
    private static final int FILES_PER_PAGE = 4;

    /**
     * An export in small pages.
     *
     * @param more what stands on the first line besides
     */
    record SmallPages(String topic, Path output, List<String> more, int pageSize) {
        private List<String> source(String servers) {
            return Stream.concat(
                            Stream.of(
                                    "export",
                                    "--bootstrap-server",
                                    servers,
                                    "--topic",
                                    topic,
                                    "--output",
                                    output.toString()),
                            more.stream())
                    .toList();
        }

        private List<String> settings() {
            return List.of(
                    "--page-size",
                    Integer.toString(pageSize),
                    "--file-size",
                    Integer.toString(Math.max(1, pageSize / FILES_PER_PAGE)),
                    "--progress",
                    "none");
        }

        private List<String> command(String servers) {
            return Stream.concat(source(servers).stream(), settings().stream()).toList();
        }

        private Path log() {
            return output.resolve(OutputLayout.logs(new LogName(topic, 1)) + "/1");
        }
    }

    /** Starts an export, and kills it after a number of pages. */
    void exportAndKill(SmallPages export, int pages) throws IOException, InterruptedException {
        script.step("$ " + shell(export.source(servers)) + " \\");
        script.quote("    " + Script.command(export.settings()));
        long killed = pagewalk.runAndKill(export.command(servers), export.log(), pages);
        script.say("   $ kill -9 " + killed + "   (after page " + ExportRuns.committedPages(export.log()) + ")");
    }

    /** Runs an export to its end. */
    void export(SmallPages export) throws IOException, InterruptedException {
        expect(0, pagewalk.run(export.command(servers)), "export");
    }

    /** Shows and runs a command. */
    void run(int expected, List<String> command) throws IOException, InterruptedException {
        script.step("$ " + shell(command));
        expect(expected, pagewalk.run(command), command.get(0));
    }

    /**
     * Reads the files of an output, and compares them with what was produced.
     *
     * @throws ExportFailedException if they differ
     */
    ReadBack.Result prove(Path output, Ledger ledger, ReadBack.Comparison comparison) throws IOException {
        ReadBack.Result result = ReadBack.compare(output, ledger, comparison);
        if (!result.findings().isEmpty()) {
            throw new ExportFailedException(
                    "the export is wrong in " + result.findings().size() + " records, such as "
                            + result.findings().get(0) + "; please report this, with " + output.toAbsolutePath());
        }
        return result;
    }

    private String shell(List<String> arguments) {
        return Script.command(launcher) + " " + Script.command(arguments);
    }

    private static void expect(int wanted, int code, String command) {
        if (code != wanted) {
            throw new ExportFailedException(command + " ended with exit code " + code + " instead of " + wanted);
        }
    }
}
