package io.pagewalk.cli.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What to try after the demo: commands that work as they stand. */
final class NextSteps {
    private final Demo.Options options;
    private final Path output;
    private final String servers;
    private final String topic;

    NextSteps(Demo.Options options, Path output, String servers, String topic) {
        this.options = options;
        this.output = output;
        this.servers = servers;
        this.topic = topic;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Try next:");
        lines.add("   " + Script.command("duckdb", "-c", query()));
        lines.add("   " + pagewalk("status", "--output", output.toString()));
        if (options.keepRunning()) {
            lines.add("   "
                    + pagewalk(
                            "page",
                            "--bootstrap-server",
                            servers,
                            "--topic",
                            topic,
                            "--records",
                            "3",
                            "--direction",
                            "desc"));
        } else {
            lines.add("   " + pagewalk("demo", "--keep-running")
                    + "   (leaves the broker up, for `page`, `plan` and exports of your own)");
        }
        lines.add("   " + Script.command("rm", "-r", output.toString()) + "   (removes all that the demo left)");
        return lines;
    }

    private String query() {
        String files = output.toAbsolutePath().resolve("*.parquet").toString().replace("'", "''");
        return "SELECT value->>'status' AS status, count(*) AS orders, sum((value->>'amount')::DECIMAL(18,2)) AS amount"
                + " FROM '" + files + "' WHERE value IS NOT NULL GROUP BY ALL ORDER BY ALL";
    }

    private String pagewalk(String... arguments) {
        return Script.command(options.launcher()) + " " + Script.command(arguments);
    }
}
