package io.pagewalk.benchmark.macro.contender;

import io.pagewalk.benchmark.macro.measure.Failed;
import io.pagewalk.benchmark.macro.measure.Job;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Spark on all processors of this machine, with {@code benchmarks/peers/spark/SparkExport.java}. */
final class Spark implements Contender {
    /** What spark-submit adds, as far as this job needs it. */
    private static final List<String> OPENED = List.of(
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.io",
            "java.base/java.net",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/sun.nio.ch",
            "java.base/sun.security.action",
            "java.base/sun.util.calendar");

    private final Environment environment;
    private Path jars = Path.of("");
    private Path classes = Path.of("");

    Spark(Environment environment) {
        this.environment = environment;
    }

    @Override
    public String does() {
        return "Spark, `local[*]`, batch over its Kafka source to Parquet: all columns with headers; zstd level 1 as"
                + " Pagewalk's; values are not looked at; no resume, no fsync.";
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        jars = Peers.jars(environment, "spark", Versions.spark());
        classes = Files.createDirectories(environment.checkout().resolve("benchmarks/target/peers/spark-classes"));
        compile(environment.checkout().resolve("benchmarks/peers/spark/SparkExport.java"));
    }

    private void compile(Path source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new Failed("this Java has no compiler: a JDK is needed");
        }
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int status = compiler.run(
                null,
                messages,
                messages,
                "-d",
                classes.toString(),
                "-cp",
                classPath(),
                "-proc:none",
                source.toString());
        if (status != 0) {
            throw new Failed("cannot compile " + source + "\n" + messages.toString(StandardCharsets.UTF_8));
        }
    }

    /** A compiler that is called as a library does not expand wildcards. */
    private String classPath() throws IOException {
        try (Stream<Path> list = Files.list(jars)) {
            return list.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
    }

    @Override
    public Job job(Copy copy) throws IOException {
        Path scratch = Files.createDirectories(copy.directory().resolve("scratch"));
        List<String> command = new ArrayList<>();
        command.add(environment.java().toString());
        OPENED.forEach(name -> command.add("--add-opens=" + name + "=ALL-UNNAMED"));
        command.addAll(List.of(
                "-Djava.io.tmpdir=" + scratch,
                "-cp",
                classes + ":" + jars + "/*",
                "SparkExport",
                copy.servers(),
                copy.topic().name(),
                copy.output().resolve("table").toString(),
                scratch.toString()));
        return new Job(command, Map.of("SPARK_LOCAL_IP", "127.0.0.1"), null, null);
    }

    @Override
    public void check(Copy copy) throws IOException {
        copy.expect(Counts.parquet(copy.output().resolve("table")));
    }
}
