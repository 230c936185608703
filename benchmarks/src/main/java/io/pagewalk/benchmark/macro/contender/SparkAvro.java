package io.pagewalk.benchmark.macro.contender;

import io.pagewalk.benchmark.macro.measure.Job;
import io.pagewalk.benchmark.macro.peer.Environment;
import io.pagewalk.benchmark.macro.peer.Peers;
import io.pagewalk.benchmark.macro.peer.SparkHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Spark on this machine that decodes Avro, with {@code benchmarks/peers/spark/SparkAvroExport.java}. */
final class SparkAvro implements Contender {
    private static final String MASTER = "local[*]";

    private final Environment environment;
    private final SparkHome home;
    private Path classes = Path.of("");

    SparkAvro(Environment environment) {
        this.environment = environment;
        home = new SparkHome(environment);
    }

    @Override
    public String does() {
        return "Spark, `" + MASTER
                + "`, batch over its Kafka source to Parquet, zstd level 1: the frame is cut off, `from_avro` of the version that it"
                + " names, resolved to the newest one; key, value, topic, partition, offset and timestamp, without headers; schemas"
                + " from files, without a registry; no resume, no fsync.";
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        home.prepare();
        classes = Peers.compile(environment, "spark/SparkAvroExport.java", home.jars());
    }

    @Override
    public Job job(Copy copy) throws IOException {
        Path scratch = Files.createDirectories(copy.directory().resolve("scratch"));
        List<String> command = new ArrayList<>(home.java(scratch, classes + ":"));
        command.addAll(List.of(
                "SparkAvroExport",
                copy.servers(),
                copy.topic().name(),
                copy.output().resolve("table").toString(),
                scratch.toString(),
                MASTER));
        command.addAll(PlainConsumer.schemas(copy));
        return new Job(command, home.variables(), null, null);
    }

    @Override
    public void check(Copy copy) throws IOException {
        copy.expect(Counts.orders(copy.output().resolve("table"), "value."));
    }
}
