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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Spark on this machine, with {@code benchmarks/peers/spark/SparkExport.java}. */
final class Spark implements S3Export.Movable {
    private final Environment environment;
    private final Home home;
    private final String master;
    private Path classes = Path.of("");

    /** @param master such as {@code local[*]} */
    Spark(Environment environment, String master) {
        this.environment = environment;
        this.home = new Home(environment);
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
        try (Stream<Path> list = Files.list(home.jars())) {
            return list.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
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

    /** Spark as it is installed: a directory with its jars. */
    static final class Home {
        /** What spark-submit adds, as far as these jobs need it. */
        private static final List<String> OPENED = List.of(
                "java.base/java.lang",
                "java.base/java.lang.invoke",
                "java.base/java.lang.reflect",
                "java.base/java.io",
                "java.base/java.net",
                "java.base/java.nio",
                "java.base/java.util",
                "java.base/java.util.concurrent",
                "java.base/java.util.concurrent.atomic",
                "java.base/sun.nio.ch",
                "java.base/sun.nio.cs",
                "java.base/sun.security.action",
                "java.base/sun.util.calendar");

        private final Environment host;

        Home(Environment environment) {
            this.host = environment;
        }

        private Path directory() {
            return host.checkout().resolve("benchmarks/target/peers/spark-home");
        }

        Path jars() {
            return directory().resolve("jars");
        }

        /** What Spark needs to speak S3, and does not bring. */
        Path s3() {
            return directory().resolve("s3");
        }

        /** Fetches it. */
        void prepare() throws IOException, InterruptedException {
            Path fetched = Peers.jars(host, "spark", Versions.spark());
            Files.createDirectories(directory());
            if (!Files.exists(jars())) {
                Files.createSymbolicLink(jars(), fetched.toAbsolutePath());
            }
            Files.createDirectories(s3());
            Set<String> known = names(fetched).map(Home::artifact).collect(Collectors.toSet());
            Path lib = host.distribution().resolve("lib");
            for (String name :
                    names(lib).filter(jar -> !known.contains(artifact(jar))).toList()) {
                Path link = s3().resolve(name);
                if (!Files.exists(link)) {
                    Files.createSymbolicLink(link, lib.resolve(name).toAbsolutePath());
                }
            }
        }

        private static Stream<String> names(Path directory) throws IOException {
            try (Stream<Path> files = Files.list(directory)) {
                return files
                        .map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".jar"))
                        .toList()
                        .stream();
            }
        }

        private static String artifact(String jar) {
            return jar.replaceFirst("-[0-9].*", "");
        }

        /** A JVM with Spark on its class path, and more before that. */
        List<String> java(Path scratch, String before) {
            List<String> command = new ArrayList<>(List.of(host.java().toString()));
            OPENED.forEach(name -> command.add("--add-opens=" + name + "=ALL-UNNAMED"));
            command.addAll(List.of("-Djava.io.tmpdir=" + scratch, "-cp", before + jars() + "/*"));
            return command;
        }

        Map<String, String> variables() {
            return Map.of(
                    "SPARK_LOCAL_IP",
                    "127.0.0.1",
                    "SPARK_HOME",
                    directory().toString(),
                    "SPARK_SCALA_VERSION",
                    "2.13",
                    "JAVA_HOME",
                    host.javaHome().toString());
        }
    }

    /** Pagewalk's export to Parquet on Spark, with {@code pagewalk-spark.jar}. */
    static final class Runner implements S3Export.Movable {
        private final Environment host;
        private final Home spark;
        private final String at;

        /** @param master such as {@code local[2]} */
        Runner(Environment environment, String master) {
            this.host = environment;
            this.spark = new Home(environment);
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
