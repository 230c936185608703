package io.pagewalk.it.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Output;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Spark as it is installed: a directory with its jars, whose scripts are not needed. Its processes have nothing of the tests' class
 * path.
 *
 * @param version such as 4.2
 * @param home the directory
 */
record SparkInstallation(String version, Path home) {
    /** What {@code -Pspark} sets: all versions are there, and there is time. */
    /** Some dozens of queries, on a machine that is busy. */
    private static final Duration QUERIES = Duration.ofMinutes(10);

    static final String ALL = "pagewalk.it.spark.all";

    private static final Path CLASSPATHS = Path.of(System.getProperty("pagewalk.it.spark", "target/spark"));
    private static final String JAR = System.getProperty("pagewalk.it.spark.jar");
    /** As spark-submit adds it. */
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
            "java.base/jdk.internal.ref",
            "java.base/sun.nio.ch",
            "java.base/sun.nio.cs",
            "java.base/sun.security.action",
            "java.base/sun.util.calendar",
            "java.security.jgss/sun.security.krb5");

    /** What a driver of Spark 3.5 that a worker starts is not given by itself. */
    static String openedModules() {
        return OPENED.stream()
                .map(opened -> "--add-opens=" + opened + "=ALL-UNNAMED")
                .collect(Collectors.joining(" "));
    }

    /** The versions that tests run on: the latest, and all where there is time. */
    static Stream<String> versions() {
        return Boolean.getBoolean(ALL) ? Stream.of("4.2", "3.5") : Stream.of("4.2");
    }

    /**
     * Installs it.
     *
     * @param parent where
     */
    static SparkInstallation install(String version, Path parent) {
        try {
            Path home = Files.createDirectories(parent.resolve("spark-" + version));
            Path jars = Files.createDirectories(home.resolve("jars"));
            for (String jar : classPath(version).split(File.pathSeparator, -1)) {
                Path file = Path.of(jar);
                Path link = jars.resolve(file.getFileName());
                if (!Files.exists(link)) {
                    Files.createSymbolicLink(link, file);
                }
            }
            return new SparkInstallation(version, home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String classPath(String version) throws IOException {
        return Files.readString(CLASSPATHS.resolve(version + ".classpath")).strip();
    }

    /** Where executors of {@code local-cluster} leave what they print. */
    Path work() {
        return home.resolve("work");
    }

    /**
     * Starts {@code spark-submit} with Pagewalk's jar.
     *
     * @param master such as {@code local-cluster[2,1,1024]}
     * @param options further ones of spark-submit
     * @param arguments of the command
     */
    CliProcess submit(String master, List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("--master", master));
        command.addAll(List.of("--conf", "spark.ui.enabled=false"));
        command.addAll(List.of("--conf", "spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"));
        command.addAll(options);
        command.add(JAR);
        command.addAll(List.of(arguments));
        return start(Map.of(), "org.apache.spark.deploy.SparkSubmit", command);
    }

    /** Starts a class of Spark. */
    CliProcess start(Map<String, String> environment, String main, List<String> arguments) throws IOException {
        return start(environment, home.resolve("jars") + "/*", main, arguments);
    }

    private CliProcess start(Map<String, String> environment, String classPath, String main, List<String> arguments)
            throws IOException {
        ProcessBuilder builder = builder(classPath, main, arguments);
        builder.environment().putAll(environment);
        return CliProcess.start(builder);
    }

    private ProcessBuilder builder(String classPath, String main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        OPENED.forEach(opened -> command.add("--add-opens=" + opened + "=ALL-UNNAMED"));
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        Map<String, String> variables = builder.environment();
        variables.put("SPARK_HOME", home.toString());
        variables.put("SPARK_SCALA_VERSION", version.equals("3.5") ? "2.12" : "2.13");
        variables.put("SPARK_LOCAL_IP", "127.0.0.1");
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    /**
     * What runs one of the programs in {@code spark}.
     *
     * @param jars which of the class paths it has
     * @param scratch where it may leave what it likes
     */
    static ProcessBuilder program(String jars, Path scratch, String name, List<String> arguments) throws IOException {
        String program = Path.of("spark", name).toAbsolutePath().toString();
        // Java takes no wildcard where it compiles a file first.
        return new SparkInstallation("4.2", scratch).builder(classPath(jars), program, arguments);
    }

    /**
     * What Spark 4.2 answers to a query.
     *
     * @param scratch where it may leave what it likes
     * @param query over the table {@code files}
     * @param directories with Parquet files, each of which is that table in turn
     * @return for each of them the rows, each an array, as {@code SparkRows} writes values
     */
    static List<List<JsonNode>> rows(Path scratch, String query, List<Path> directories)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(scratch.toString(), query));
        directories.forEach(directory -> arguments.add(directory.toString()));
        try (CliProcess process = CliProcess.start(program("sql", scratch, "SparkRows.java", arguments))) {
            process.await(QUERIES).exits(0);
        }
        List<List<JsonNode>> answers = new ArrayList<>();
        for (Path directory : directories) {
            answers.add(Files.readAllLines(directory.resolve("answer")).stream()
                    .map(Output::json)
                    .toList());
        }
        return answers;
    }

    /**
     * Puts the native library of one of its codecs, which is of another version than Pagewalk's, into a directory.
     *
     * @param codec {@code zstd} or {@code snappy}
     * @return the library
     */
    Path nativeLibrary(String codec, Path directory) throws IOException {
        boolean zstd = codec.equals("zstd");
        Path jar;
        try (Stream<Path> jars = Files.list(home.resolve("jars"))) {
            jar = jars.filter(file -> file.getFileName().toString().startsWith(zstd ? "zstd-jni-" : "snappy-java-"))
                    .findAny()
                    .orElseThrow();
        }
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry library = zip.stream()
                    .filter(entry -> entry.getName().contains(zstd ? "linux/amd64/lib" : "Linux/x86_64/lib"))
                    .findAny()
                    .orElseThrow();
            Path file = directory.resolve(Path.of(library.getName()).getFileName());
            Files.copy(zip.getInputStream(library), file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        }
    }

    /** All that its executors have printed so far. */
    String printed() throws IOException {
        if (!Files.isDirectory(work())) {
            return "";
        }
        StringBuilder printed = new StringBuilder();
        try (Stream<Path> files = Files.walk(work())) {
            for (Path file : files.filter(path -> path.endsWith("stderr") || path.endsWith("stdout"))
                    .toList()) {
                printed.append(Files.readString(file, UTF_8));
            }
        }
        return printed.toString();
    }
}
