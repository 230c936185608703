package io.pagewalk.benchmark.macro;

import io.pagewalk.benchmark.Shape;
import io.pagewalk.benchmark.macro.kafka.Topic;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The main topic, and where it is. */
final class TopicOptions {
    private static final long RECORDS = 3_000_000;

    @Option(
            names = "--records",
            paramLabel = "N",
            description =
                    "The records of the topic (default: 3000000; of the scenario s3: 1000000, of topics: 10000000).")
    @Nullable
    Long records;

    @Option(names = "--partitions", paramLabel = "N", description = "Its partitions (default: 8).")
    int partitions = 8;

    @Option(
            names = "--shape",
            paramLabel = "SHAPE",
            description = "What its records look like: orders, plain, odd, avro or protobuf (default: orders).")
    Shape shape = Shape.ORDERS;

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            description = "Where the broker's logs and the outputs are while it runs (default: benchmarks/target).")
    @Nullable
    Path workDir;

    /** The project's directory, from the script. */
    final Path checkout = Path.of(System.getProperty("benchmark.checkout", "")).toAbsolutePath();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    long records() {
        return records(RECORDS);
    }

    /** The records asked for. */
    long records(long otherwise) {
        return records == null ? otherwise : records;
    }

    Topic topic() {
        return new Topic(shape, records(), partitions);
    }

    Path workDir() {
        return workDir == null ? checkout.resolve("benchmarks/target") : workDir.toAbsolutePath();
    }
}
