package io.pagewalk.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher script with a Java that prints its arguments, and a Maven wrapper that notes its calls. */
@Timeout(60)
class LauncherTest {
    private static final Path LAUNCHER = Path.of("..", "pagewalk");

    @TempDir
    Path temp;

    private Path javaHome;

    @BeforeEach
    void installJava() throws IOException {
        javaHome = temp.resolve("jdk");
        installJava("17.0.15");
    }

    @Test
    void passesArgumentsThroughUnchanged() throws Exception {
        Result result = run(distribution(), "export", "--topic", "a b", "*", "");

        assertThat(result.exit()).isZero();
        assertThat(result.lines()).containsSequence("io.pagewalk.cli.Pagewalk", "export", "--topic", "a b", "*", "");
    }

    @Test
    void worksThroughSymbolicLinksAndPathsWithSpaces() throws Exception {
        Path launcher = distribution();
        Path links = Files.createDirectories(temp.resolve("some links"));
        Files.createSymbolicLink(links.resolve("first"), links.relativize(launcher));
        Files.createSymbolicLink(links.resolve("second"), Path.of("first"));

        Result result = run(links.resolve("second"), "plan");

        assertThat(result.lines()).contains(classPath(launcher) + "/*");
    }

    @Test
    void onlyTheDemoSeesTheBroker() throws Exception {
        Path launcher = distribution();

        assertThat(run(launcher, "--quiet", "demo").lines())
                .contains(classPath(launcher) + "/*:" + classPath(launcher) + "/demo/*");
        assertThat(run(launcher, "export", "--topic", "demo").lines()).contains(classPath(launcher) + "/*");
    }

    @Test
    void givesJvmOptionsAndLeavesTheChoiceOfTheCollector() throws Exception {
        Path launcher = distribution();

        assertThat(run(launcher, "plan").lines()).contains("-XX:+UseSerialGC");
        assertThat(run(Map.of("PAGEWALK_OPTS", "-Xmx96m -XX:+UseG1GC"), launcher, "plan")
                        .lines())
                .contains("-Xmx96m", "-XX:+UseG1GC")
                .doesNotContain("-XX:+UseSerialGC");
    }

    @Test
    void givesNewerVersionsOnlyWhatTheyKnow() throws Exception {
        Path launcher = distribution();
        assertThat(run(launcher, "plan").lines()).doesNotContain("--sun-misc-unsafe-memory-access=allow");

        installJava("25.0.3");

        assertThat(run(launcher, "plan").lines()).contains("--sun-misc-unsafe-memory-access=allow");
    }

    @Test
    void refusesAnOldJava() throws Exception {
        installJava("1.8.0_292");

        Result result = run(distribution(), "plan");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.lines())
                .containsExactly(
                        "pagewalk: Java 17 or later is needed; " + javaHome + "/bin/java is version 1.8.0_292");
    }

    @Test
    void refusesAJavaHomeWithoutJava() throws Exception {
        Result result = run(Map.of("JAVA_HOME", "/nowhere"), distribution(), "plan");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.lines())
                .containsExactly("pagewalk: JAVA_HOME is /nowhere, but /nowhere/bin/java is not there");
    }

    @Test
    void buildsACheckoutOnceAndAgainWhenItsSourcesChange() throws Exception {
        Path checkout = checkout("echo build >>builds");
        Path source = checkout.resolve("exporter-core/src/main/Source.java");

        run(checkout.resolve("pagewalk"), "plan");
        run(checkout.resolve("pagewalk"), "plan");
        assertThat(checkout.resolve("builds")).hasContent("build");

        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        Result changed = run(checkout.resolve("pagewalk"), "plan");
        assertThat(checkout.resolve("builds")).hasContent("build\nbuild");
        assertThat(changed.lines()).contains("pagewalk: the sources changed: building Pagewalk again, without tests");
    }

    @Test
    void buildsAgainAfterAFailedBuild() throws Exception {
        Path checkout = checkout("[ -f repaired ] || exit 1; echo build >>builds");

        Result failed = run(checkout.resolve("pagewalk"), "plan");
        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.lines()).last().isEqualTo("pagewalk: the build failed, see above");

        Files.createFile(checkout.resolve("repaired"));
        assertThat(run(checkout.resolve("pagewalk"), "plan").exit()).isZero();
        assertThat(checkout.resolve("builds")).hasContent("build");
    }

    @Test
    void buildsOnceWhenManyStartAtTheSameTime() throws Exception {
        Path checkout = checkout("mkdir building || exit 1; sleep 1; rmdir building; echo build >>builds");

        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(start(Map.of(), checkout.resolve("pagewalk"), "plan"));
        }

        for (Process process : processes) {
            assertThat(result(process).exit()).isZero();
        }
        assertThat(checkout.resolve("builds")).hasContent("build");
    }

    @Test
    void takesOverTheLockOfABuildThatDied() throws Exception {
        Path checkout = checkout("echo build >>builds");
        Process dead = new ProcessBuilder("sh", "-c", ":").start();
        dead.waitFor();
        Path lock = Files.createDirectories(checkout.resolve("target/pagewalk-build.lock"));
        Files.writeString(lock.resolve("pid"), String.valueOf(dead.pid()));

        assertThat(run(checkout.resolve("pagewalk"), "plan").exit()).isZero();

        assertThat(checkout.resolve("builds")).hasContent("build");
        assertThat(lock).doesNotExist();
    }

    private record Result(int exit, List<String> lines) {}

    private Path distribution() throws IOException {
        Path dist = temp.resolve("in stalled");
        Files.createDirectories(dist.resolve("lib/demo"));
        return copyLauncher(Files.createDirectories(dist.resolve("bin")));
    }

    private Path checkout(String build) throws IOException {
        Path checkout = Files.createDirectories(temp.resolve("check out"));
        Files.createFile(checkout.resolve("pom.xml"));
        Path core = Files.createDirectories(checkout.resolve("exporter-core"));
        Files.createFile(core.resolve("pom.xml"));
        Files.createFile(Files.createDirectories(core.resolve("src/main")).resolve("Source.java"));
        script(checkout.resolve("mvnw"), build);
        copyLauncher(checkout);
        return checkout;
    }

    private static Path copyLauncher(Path dir) throws IOException {
        return Files.copy(LAUNCHER, dir.resolve("pagewalk"));
    }

    private void installJava(String version) throws IOException {
        Files.createDirectories(javaHome.resolve("bin"));
        Files.writeString(javaHome.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        script(javaHome.resolve("bin/java"), "printf '%s\\n' \"$@\"");
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String classPath(Path launcher) throws IOException {
        return launcher.getParent().getParent().toRealPath().resolve("lib").toString();
    }

    private Result run(Path launcher, String... args) throws Exception {
        return run(Map.of(), launcher, args);
    }

    private Result run(Map<String, String> environment, Path launcher, String... args) throws Exception {
        return result(start(environment, launcher, args));
    }

    private Process start(Map<String, String> environment, Path launcher, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("PAGEWALK_OPTS");
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Result result(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), output.lines().toList());
    }
}
