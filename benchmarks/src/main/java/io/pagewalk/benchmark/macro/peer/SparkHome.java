package io.pagewalk.benchmark.macro.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Spark as it is installed: a directory with its jars. */
public final class SparkHome {
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

    /** Nothing is there before {@link #prepare}. */
    public SparkHome(Environment environment) {
        this.host = environment;
    }

    private Path directory() {
        return host.checkout().resolve("benchmarks/target/peers/spark-home");
    }

    /** Its jars. */
    public Path jars() {
        return directory().resolve("jars");
    }

    /** What Spark needs to speak S3, and does not bring. */
    public Path s3() {
        return directory().resolve("s3");
    }

    /** Fetches it. */
    public void prepare() throws IOException, InterruptedException {
        Path fetched = Peers.jars(host, "spark", Versions.spark());
        Files.createDirectories(directory());
        if (!Files.exists(jars())) {
            Files.createSymbolicLink(jars(), fetched.toAbsolutePath());
        }
        Files.createDirectories(s3());
        Set<String> known = names(fetched).map(SparkHome::artifact).collect(Collectors.toSet());
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
    public List<String> java(Path scratch, String before) {
        List<String> command = new ArrayList<>(List.of(host.java().toString()));
        OPENED.forEach(name -> command.add("--add-opens=" + name + "=ALL-UNNAMED"));
        command.addAll(List.of("-Djava.io.tmpdir=" + scratch, "-cp", before + jars() + "/*"));
        return command;
    }

    /** What its processes find in their environment. */
    public Map<String, String> variables() {
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
