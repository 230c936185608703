package io.pagewalk.benchmark.macro.contender;

import io.pagewalk.benchmark.macro.peer.Environment;
import io.pagewalk.benchmark.macro.peer.Peers;
import io.pagewalk.benchmark.macro.peer.Versions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands of Kafka's own tools, with the JVM options that Kafka's scripts give them. */
final class KafkaTools {
    private static final List<String> KAFKA_RUN_CLASS = List.of(
            "-server",
            "-XX:+UseG1GC",
            "-XX:MaxGCPauseMillis=20",
            "-XX:InitiatingHeapOccupancyPercent=35",
            "-XX:+ExplicitGCInvokesConcurrent",
            "-Djava.awt.headless=true");

    private final Environment environment;

    KafkaTools(Environment environment) {
        this.environment = environment;
    }

    /** Fetches them. */
    Path jars() throws IOException, InterruptedException {
        return Peers.jars(environment, "kafka", Versions.kafka());
    }

    /** @param heap the options that the tool's script has for the heap */
    List<String> command(Path jars, List<String> heap, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(environment.java().toString());
        command.addAll(heap);
        command.addAll(KAFKA_RUN_CLASS);
        command.addAll(List.of(
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                jars.resolve("*").toString(),
                mainClass));
        command.addAll(arguments);
        return command;
    }
}
