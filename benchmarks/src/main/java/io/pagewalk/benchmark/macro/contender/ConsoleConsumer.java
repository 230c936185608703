package io.pagewalk.benchmark.macro.contender;

import io.pagewalk.benchmark.macro.measure.Job;
import io.pagewalk.benchmark.macro.peer.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code kafka-console-consumer} with everything it can print. */
final class ConsoleConsumer implements Contender {
    private final KafkaTools tools;
    private Path jars = Path.of("");

    ConsoleConsumer(Environment environment) {
        tools = new KafkaTools(environment);
    }

    @Override
    public String does() {
        return "`kafka-console-consumer` with timestamp, partition, offset, headers and key printed: one file of"
                + " tab-separated lines that are no JSON; uncompressed; values are not looked at; no resume, no fsync.";
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        jars = tools.jars();
    }

    @Override
    public Job job(Copy copy) {
        List<String> arguments = new ArrayList<>(List.of(
                "--bootstrap-server",
                copy.servers(),
                "--topic",
                copy.topic().name(),
                "--from-beginning",
                "--max-messages",
                String.valueOf(copy.topic().records()),
                "--command-property",
                "max.poll.records=5000"));
        for (String part : List.of("timestamp", "partition", "offset", "headers", "key")) {
            arguments.addAll(List.of("--formatter-property", "print." + part + "=true"));
        }
        List<String> command =
                tools.command(jars, List.of("-Xmx512M"), "org.apache.kafka.tools.consumer.ConsoleConsumer", arguments);
        return new Job(command, Map.of(), copy.output().resolve("records.txt"), null);
    }

    @Override
    public void check(Copy copy) throws IOException {
        copy.expect(Counts.lines(copy.output(), "records.txt"));
    }
}
