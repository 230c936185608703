package io.pagewalk.benchmark.macro.contender;

import io.pagewalk.benchmark.macro.measure.Directory;
import io.pagewalk.benchmark.macro.measure.Failed;
import io.pagewalk.benchmark.macro.measure.Logs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Fetches the jars of other programs through Maven, from pom.xml files that no build of the project looks at. */
final class Peers {
    private Peers() {}

    /**
     * The directory with a peer's jars; fetches them the first time.
     *
     * @param peer a directory of {@code benchmarks/peers}
     * @param version what tells one set of jars from another
     */
    static Path jars(Environment environment, String peer, String version) throws IOException, InterruptedException {
        Path peers = Files.createDirectories(environment.checkout().resolve("benchmarks/target/peers"));
        Path jars = peers.resolve(peer + "-" + version);
        if (Files.exists(jars)) {
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
                environment
                        .checkout()
                        .resolve("benchmarks/peers/" + peer + "/pom.xml")
                        .toString(),
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
        Files.move(unfinished, jars);
        return jars;
    }
}
