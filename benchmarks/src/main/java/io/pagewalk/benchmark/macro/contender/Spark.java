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

/** Spark on this machine, with {@code benchmarks/peers/spark/SparkExport.java}. */
final class Spark implements S3Export.Movable {
    private final Environment environment;
    private final SparkHome home;
    private final String master;
    private Path classes = Path.of("");

    /** @param master such as {@code local[*]} */
    Spark(Environment environment, String master) {
        this.environment = environment;
        this.home = new SparkHome(environment);
        this.master = master;
    }

    @Override
    public String does() {
        return "Spark, `" + master
                + "`, batch over its Kafka source to Parquet: all columns with headers; zstd level 1 as"
                + " Pagewalk's; values are not looked at; no resume, no fsync.";
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        home.prepare();
        classes = Peers.compile(environment, "spark/SparkExport.java", home.jars());
    }

    @Override
    public Job job(Copy copy, String to, List<String> options) throws IOException {
        Path scratch = Files.createDirectories(copy.directory().resolve("scratch"));
        List<String> command = new ArrayList<>(home.java(scratch, classes + ":"));
        if (!options.isEmpty()) {
            command.set(command.size() - 1, command.get(command.size() - 1) + ":" + home.s3() + "/*");
        }
        command.addAll(List.of(
                "SparkExport",
                copy.servers(),
                copy.topic().name(),
                to.replaceFirst("^s3:", "s3a:") + "/table",
                scratch.toString(),
                master,
                home.s3() + "/*"));
        command.addAll(options.stream().filter(option -> option.contains("=")).toList());
        return new Job(command, home.variables(), null, null);
    }

    @Override
    public void check(Copy copy) throws IOException {
        copy.expect(Counts.parquet(copy.output().resolve("table")));
    }

    /** Pagewalk's export to Parquet on Spark, with {@code pagewalk-spark.jar}. */
    static final class Runner implements S3Export.Movable {
        private final Environment host;
        private final SparkHome spark;
        private final String at;

        /** @param master such as {@code local[2]} */
        Runner(Environment environment, String master) {
            this.host = environment;
            this.spark = new SparkHome(environment);
            this.at = master;
        }

        @Override
        public String does() {
            return "The same export by `pagewalk-spark.jar`, master `" + at + "`.";
        }

        @Override
        public void prepare() throws IOException, InterruptedException {
            spark.prepare();
        }

        @Override
        public Job job(Copy copy, String to, List<String> options) throws IOException {
            Path scratch = Files.createDirectories(copy.directory().resolve("scratch"));
            List<String> command = new ArrayList<>(spark.java(scratch, ""));
            command.addAll(List.of(
                    "org.apache.spark.deploy.SparkSubmit",
                    "--master",
                    at,
                    "--conf",
                    "spark.ui.enabled=false",
                    "--conf",
                    "spark.log.level=WARN",
                    "--conf",
                    "spark.local.dir=" + scratch,
                    host.checkout()
                            .resolve("spark-runner/target/pagewalk-spark.jar")
                            .toString(),
                    "export",
                    "--bootstrap-server",
                    copy.servers(),
                    "--topic",
                    copy.topic().name(),
                    "--output",
                    to));
            command.addAll(options);
            return new Job(command, spark.variables(), null, null);
        }

        @Override
        public void check(Copy copy) throws IOException {
            copy.expect(Output.PARQUET.count(copy.output()));
        }
    }
}
