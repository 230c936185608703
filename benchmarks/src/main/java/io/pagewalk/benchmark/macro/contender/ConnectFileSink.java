package io.pagewalk.benchmark.macro.contender;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.benchmark.macro.kafka.Topic;
import io.pagewalk.benchmark.macro.measure.Job;
import io.pagewalk.benchmark.macro.peer.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Kafka Connect's standalone worker with the file sink that comes with Kafka. */
final class ConnectFileSink implements Contender {
    private final KafkaTools tools;
    private final Map<Topic, Long> lineBytes = new HashMap<>();
    private Path jars = Path.of("");

    ConnectFileSink(Environment environment) {
        tools = new KafkaTools(environment);
    }

    @Override
    public String does() {
        return "Kafka Connect, standalone, `FileStreamSink` with string converters: one file of values only, without keys,"
                + " headers and metadata; uncompressed; values are not looked at; no fsync. It never ends: the wall time is until"
                + " the file holds all values, then it is told to stop, and its CPU time includes that.";
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        jars = tools.jars();
    }

    @Override
    public Job job(Copy copy) throws IOException {
        Path worker = copy.directory().resolve("worker.properties");
        Files.writeString(worker, """
                bootstrap.servers=%s
                key.converter=org.apache.kafka.connect.storage.StringConverter
                value.converter=org.apache.kafka.connect.storage.StringConverter
                offset.storage.file.filename=%s
                listeners=http://127.0.0.1:0
                plugin.discovery=service_load
                consumer.max.poll.records=5000
                """.formatted(copy.servers(), copy.directory().resolve("offsets")), UTF_8);
        Path file = copy.output().resolve("values.txt");
        Path sink = copy.directory().resolve("sink.properties");
        // The group's name is the connector's: a new one each time, so that it begins at the beginning.
        Files.writeString(
                sink, """
                name=%s
                connector.class=org.apache.kafka.connect.file.FileStreamSinkConnector
                tasks.max=1
                topics=%s
                file=%s
                """.formatted("sink-" + System.nanoTime(), copy.topic().name(), file), UTF_8);
        List<String> command = tools.command(
                jars,
                List.of("-Xms256M", "-Xmx2G"),
                "org.apache.kafka.connect.cli.ConnectStandalone",
                List.of(worker.toString(), sink.toString()));
        long bytes = lineBytes.computeIfAbsent(copy.topic(), Topic::lineBytes);
        return new Job(command, Map.of(), null, new Job.FileSize(file, bytes));
    }

    @Override
    public void check(Copy copy) throws IOException {
        copy.expect(Counts.lines(copy.output(), "values.txt"));
    }
}
