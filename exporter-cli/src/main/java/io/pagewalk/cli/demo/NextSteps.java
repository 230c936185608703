package io.pagewalk.cli.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What to try after the demo: commands that work as they stand. */
final class NextSteps {
    private final Demo.Options options;
    private final Path output;
    private final String servers;

    NextSteps(Demo.Options options, Path output, String servers) {
        this.options = options;
        this.output = output;
        this.servers = servers;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Try next:");
        lines.add("   " + Script.command("duckdb", "-c", ofOrders()));
        lines.add("   " + Script.command("duckdb", "-c", ofPayments()));
        lines.add("   "
                + pagewalk(
                        "status",
                        "--output",
                        output.resolve(OrdersChapter.TOPIC).toString()));
        if (options.staysUp()) {
            lines.add("   "
                    + pagewalk(
                            "page",
                            "--bootstrap-server",
                            servers,
                            "--topic",
                            OrdersChapter.TOPIC,
                            "--records",
                            "3",
                            "--direction",
                            "desc"));
        } else {
            lines.add("   " + pagewalk("demo", "--browse")
                    + "   (leaves the broker up, with a page to browse its topics)");
        }
        lines.add("   " + Script.command("rm", "-r", output.toString()) + "   (removes all that the demo left)");
        return lines;
    }

    private String ofOrders() {
        return "SELECT value->>'status' AS status, count(*) AS orders, sum((value->>'amount')::DECIMAL(18,2)) AS amount"
                + " FROM " + files(OrdersChapter.TOPIC) + " WHERE value IS NOT NULL GROUP BY ALL ORDER BY ALL";
    }

    private String ofPayments() {
        return "SELECT value.method, count(*) AS payments, sum(value.amount) AS amount, max(value.paid) AS last FROM "
                + files(PaymentsChapter.TOPIC) + " GROUP BY ALL ORDER BY ALL";
    }

    private String files(String topic) {
        Path files = output.toAbsolutePath().resolve(topic).resolve("*.parquet");
        return "'" + files.toString().replace("'", "''") + "'";
    }

    private String pagewalk(String... arguments) {
        return Script.command(options.launcher()) + " " + Script.command(arguments);
    }
}
