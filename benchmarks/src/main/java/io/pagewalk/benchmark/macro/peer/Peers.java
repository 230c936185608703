package io.pagewalk.benchmark.macro.peer;

import io.pagewalk.benchmark.macro.measure.Directory;
import io.pagewalk.benchmark.macro.measure.Failed;
import io.pagewalk.benchmark.macro.measure.Logs;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Fetches the jars of other programs through Maven, from pom.xml files that no build of the project looks at. */
public final class Peers {
    private Peers() {}

    /**
     * The directory with a peer's jars; fetches them the first time.
     *
     * @param peer a directory of {@code benchmarks/peers}
     * @param version what tells one set of jars from another
     */
    public static Path jars(Environment environment, String peer, String version)
            throws IOException, InterruptedException {
        Path peers = Files.createDirectories(environment.checkout().resolve("benchmarks/target/peers"));
        Path jars = peers.resolve(peer + "-" + version);
        Path pom = environment.checkout().resolve("benchmarks/peers/" + peer + "/pom.xml");
        if (Files.exists(jars) && !isNewer(pom, jars)) {
            return jars;
        }
        Path unfinished = peers.resolve(peer + ".unfinished");
        Directory.delete(unfinished);
        Path log = peers.resolve(peer + ".log");
        List<String> command = new ArrayList<>(List.of(
                environment.checkout().resolve("mvnw").toString(),
                "-B",
                "-ntp",
                "-f",
                pom.toString(),
                "org.apache.maven.plugins:maven-dependency-plugin:" + Versions.dependencyPlugin()
                        + ":copy-dependencies",
                "-DincludeScope=runtime",
                "-DoutputDirectory=" + unfinished));
        Versions.all().forEach((name, value) -> command.add("-D" + name + "=" + value));
        Process maven = environment
                .children()
                .start(new ProcessBuilder(command)
                        .directory(environment.checkout().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile()));
        if (maven.waitFor() != 0) {
            throw new Failed("cannot fetch " + peer + " " + version + "\n" + Logs.tail(log));
        }
        Directory.delete(jars);
        Files.move(unfinished, jars);
        return jars;
    }

    /** It asks for other jars since. */
    private static boolean isNewer(Path pom, Path jars) throws IOException {
        return Files.getLastModifiedTime(pom).compareTo(Files.getLastModifiedTime(jars)) > 0;
    }

    /**
     * Compiles a peer's program.
     *
     * @param source a file of {@code benchmarks/peers}
     * @param jars what it is compiled against
     * @return the directory with its classes
     */
    public static Path compile(Environment environment, String source, Path jars) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new Failed("this Java has no compiler: a JDK is needed");
        }
        Path file = environment.checkout().resolve("benchmarks/peers").resolve(source);
        Path classes = Files.createDirectories(
                environment.checkout().resolve("benchmarks/target/peers").resolve(source.replace(".java", "-classes")));
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int status = compiler.run(
                null,
                messages,
                messages,
                "-d",
                classes.toString(),
                "-cp",
                classPath(jars),
                "-proc:none",
                file.toString());
        if (status != 0) {
            throw new Failed("cannot compile " + file + "\n" + messages.toString(StandardCharsets.UTF_8));
        }
        return classes;
    }

    /** A compiler that is called as a library does not expand wildcards. */
    private static String classPath(Path jars) throws IOException {
        try (Stream<Path> list = Files.list(jars)) {
            return list.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
    }
}
