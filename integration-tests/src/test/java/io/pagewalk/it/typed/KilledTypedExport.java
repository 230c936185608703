package io.pagewalk.it.typed;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.schema.registry.StandInRegistry;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An export of evolving orders whose process is killed five times, and whose registry is gone from the half on. */
public final class KilledTypedExport {
    private static final int KILLS = 5;
    private static final int FILES = 100;
    /** Roughly what a record comes to. */
    private static final int RECORD_BYTES = 90;

    private static final int SECONDS = 6;

    private KilledTypedExport() {}

    /** Exports so many records into a directory; returns what sums over its columns have to be. */
    public static List<String> of(int records, Path out) throws IOException, InterruptedException {
        EvolvingOrders orders = new EvolvingOrders(records);
        String topic = Broker.topic("typedkilled", 4, Map.of());
        List<String> arguments = new ArrayList<>();
        try (StandInRegistry registry = StandInRegistry.start()) {
            EvolvingOrders.register(registry, topic);
            orders.produce(topic);
            arguments.addAll(List.of(Cli.exportArguments(
                    topic,
                    out,
                    "--value-format",
                    "avro",
                    "--schema-registry",
                    registry.url(),
                    "--page-size",
                    Integer.toString(records / FILES * 5),
                    "--file-size",
                    Integer.toString(records / FILES))));
            for (int kill = 1; kill <= KILLS; kill++) {
                if (kill == 1 + KILLS / 2) {
                    end(registry);
                }
                kill(arguments, records, out, kill * FILES / (KILLS + 1));
            }
        }
        Cli.run(arguments.toArray(String[]::new)).exits(0);
        Cli.run("verify", "--output", out.toString(), "--deep").exits(0);
        return orders.expected();
    }

    private static void end(StandInRegistry registry) {
        registry.close();
    }

    private static void kill(List<String> arguments, int records, Path out, int published)
            throws IOException, InterruptedException {
        List<String> slowly = new ArrayList<>(arguments);
        slowly.addAll(List.of("--max-rate", (long) records * RECORD_BYTES / SECONDS / 1000 + "kB"));
        try (CliProcess process = CliProcess.start(slowly.toArray(String[]::new))) {
            Eventually.isTrue(published + " files are there", () -> {
                assertThat(process.isAlive() || files(out) >= published)
                        .as("it has ended with %d files", files(out))
                        .isTrue();
                return files(out) >= published;
            });
            assertThat(process.kill())
                    .as("killed before it had ended, at %d files", published)
                    .isTrue();
        }
    }

    private static int files(Path out) {
        String[] names = out.toFile().list((directory, name) -> name.endsWith(".parquet"));
        return names == null ? 0 : names.length;
    }
}
