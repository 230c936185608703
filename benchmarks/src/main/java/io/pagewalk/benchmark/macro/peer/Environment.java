package io.pagewalk.benchmark.macro.peer;

import io.pagewalk.benchmark.macro.measure.ChildProcesses;
import java.nio.file.Path;

/**
 * What contenders need to know.
 *
 * @param checkout the project's directory
 * @param javaHome the Java that all of them run on
 * @param children what they start to prepare themselves
 * @param registry the URL of the schema registry
 */
public record Environment(Path checkout, Path javaHome, ChildProcesses children, String registry) {
    /** The same of another checkout. */
    public Environment of(Path other) {
        return new Environment(other.toAbsolutePath(), javaHome, children, registry);
    }

    public Path java() {
        return javaHome.resolve("bin/java");
    }

    /** The distribution of Pagewalk that this checkout has built. */
    public Path distribution() {
        return checkout.resolve("exporter-cli/target/pagewalk");
    }
}
