package io.pagewalk.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
        assertThat(result.lines()).containsSequence("io.pagewalk.cli.Main", "export", "--topic", "a b", "*", "");
    }

    @Test
    void worksThroughSymbolicLinksAndPathsWithSpaces() throws Exception {
        Path launcher = distribution();
        Path links = Files.createDirectories(temp.resolve("some links"));
        Files.createSymbolicLink(links.resolve("first"), links.relativize(launcher));
        Files.createSymbolicLink(links.resolve("second"), Path.of("first"));

        Result result = run(links.resolve("second"), "plan");

        assertThat(classPath(result)).startsWith(lib(launcher) + "/");
    }

    @Test
    void namesTheJarsInOneOrderWhateverTheLocale() throws Exception {
        Path launcher =
                distribution("b.jar", "hadoop-client.jar", "B.jar", "_.jar", "picocli-4.jar", "exporter-cli-1.jar");

        for (String locale : List.of("C", "C.UTF-8", "en_US.UTF-8", "de_DE.UTF-8")) {
            assertThat(classPath(run(Map.of("LC_ALL", locale), launcher, "plan")))
                    .as(locale)
                    .isEqualTo(Stream.of(
                                    "exporter-cli-1.jar",
                                    "picocli-4.jar",
                                    "B.jar",
                                    "_.jar",
                                    "b.jar",
                                    "hadoop-client.jar")
                            .map(jar -> lib(launcher) + "/" + jar)
                            .collect(Collectors.joining(":")));
        }
    }

    @Test
    void givesJavaALocaleThatPassesOnAnyFileName() throws Exception {
        Path launcher = distribution();
        script(javaHome.resolve("bin/java"), "echo \"${LC_ALL:-none}\"");

        for (String locale : List.of("", "C", "POSIX", "xx_XX.UTF-8", "xx_XX")) {
            assertThat(run(Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", locale), launcher, "plan")
                            .lines())
                    .as("LANG=%s", locale)
                    .containsExactly("C.UTF-8");
        }
        assertThat(run(Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", "C.UTF-8"), launcher, "plan")
                        .lines())
                .as("one that is installed")
                .containsExactly("none");
    }

    @Test
    void refusesAPlaceWithAColon() throws Exception {
        Path launcher = distribution();
        Path colon = Files.move(temp.resolve("in stalled"), temp.resolve("a:b"));

        Result result = run(colon.resolve("bin").resolve(launcher.getFileName()), "plan");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.lines()).singleElement().asString().contains("a:b has a colon in its path", "elsewhere");
    }

    @Test
    void refusesToStartWhereTooFewFilesMayBeOpen() throws Exception {
        Path launcher = distribution();
        Path limited = temp.resolve("limited");
        script(limited, "ulimit -n 64 && exec \"$@\"");

        Result result = run(limited, launcher.toString(), "plan");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.lines())
                .containsExactly(
                        "pagewalk: only 64 files may be open at a time (ulimit -n), but at least 256 are needed");
    }

    @Test
    void appendsTheJarsThatUsersPutIntoExt() throws Exception {
        Path launcher = distribution("one.jar", "hadoop-client.jar");
        Path ext = Files.createDirectories(lib(launcher).resolve("ext"));
        Files.createFile(ext.resolve("a.jar"));
        Files.createFile(ext.resolve("picocli-4.jar"));

        assertThat(classPath(run(launcher, "plan")))
                .isEqualTo(Stream.of("one.jar", "hadoop-client.jar", "ext/a.jar", "ext/picocli-4.jar")
                        .map(jar -> lib(launcher) + "/" + jar)
                        .collect(Collectors.joining(":")));
    }

    @Test
    void archivesClassesUnderTheVersionOfJavaAndTheSizeOfTheArchive() throws Exception {
        Path launcher = distribution();
        listClasses(launcher);
        Path old = archive(launcher, "classes-21.0.1-3.jsa", "old");
        javaThatArchives("12345");

        assertThat(run(launcher, "--archive-classes").exit()).isZero();

        assertThat(old).doesNotExist();
        assertThat(lib(launcher).resolve("classes-17.0.15-5.jsa")).hasContent("12345");
        assertThat(lib(launcher).resolve("classes-s3-17.0.15-5.jsa")).hasContent("12345");
        assertThat(archives(launcher)).hasSize(2);
    }

    @Test
    void leavesNoArchiveBehindWhenArchivingFails() throws Exception {
        Path launcher = distribution();
        listClasses(launcher);
        archive(launcher, "classes-17.0.15-3.jsa", "old");
        javaThatArchives("half; exit 1");

        Result result = run(launcher, "--archive-classes");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.lines())
                .containsExactly("pagewalk: no classes were archived for " + javaHome
                        + "/bin/java; everything works without, but starts slower");
        assertThat(archives(launcher)).isEmpty();
    }

    @Test
    void saysThatItCannotArchiveWhatNoListNames() throws Exception {
        Path launcher = distribution();
        javaThatArchives("12345");

        Result result = run(launcher, "--archive-classes");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.lines())
                .containsExactly("pagewalk: no classes were archived, because " + lib(launcher)
                        + "/class-list is not there; everything works without, but starts slower");
        assertThat(archives(launcher)).isEmpty();
    }

    @Test
    void usesTheArchiveOfThisVersionOfJava() throws Exception {
        Path launcher = distribution();
        archive(launcher, "classes-21.0.1-3.jsa", "abc");
        Path own = archive(launcher, "classes-17.0.15-3.jsa", "abc");

        assertThat(run(launcher, "plan").lines()).contains("-XX:SharedArchiveFile=" + own);
    }

    @Test
    void usesTheArchiveForS3WhereAPlaceIsThere() throws Exception {
        Path launcher = distribution();
        archive(launcher, "classes-17.0.15-3.jsa", "abc");
        String forS3 = "-XX:SharedArchiveFile=" + archive(launcher, "classes-s3-17.0.15-3.jsa", "abc");

        assertThat(run(launcher, "status", "--output", "s3://lake/orders").lines())
                .contains(forS3);
        assertThat(run(launcher, "status", "--output=s3a://lake/orders").lines())
                .contains(forS3);
        assertThat(run(launcher, "status", "--output", "/data/s3").lines()).doesNotContain(forS3);
    }

    /** The JVM would crash on it. */
    @Test
    void ignoresATruncatedArchive() throws Exception {
        Path launcher = distribution();
        archive(launcher, "classes-17.0.15-4.jsa", "abc");
        archive(launcher, "classes-17.0.15-mine.jsa", "abc");

        assertThat(run(launcher, "plan").lines())
                .noneMatch(line -> line.contains("SharedArchiveFile"))
                .noneMatch(line -> line.startsWith("pagewalk"));
    }

    @Test
    void onlyTheDemoSeesTheBroker() throws Exception {
        Path launcher = distribution();

        assertThat(classPath(run(launcher, "--quiet", "demo"))).endsWith(":" + lib(launcher) + "/demo/*");
        assertThat(classPath(run(launcher, "export", "--topic", "demo"))).doesNotContain("demo");
    }

    @Test
    void onlyWhoMayMeanATableOpensTheJarsOfIceberg() throws Exception {
        Path launcher = distribution();
        String jars = ":" + lib(launcher) + "/iceberg/*";

        assertThat(classPath(run(launcher, "export", "--iceberg-table", "db.orders")))
                .endsWith(jars);
        assertThat(classPath(run(launcher, "iceberg", "sync"))).endsWith(jars);
        assertThat(classPath(run(launcher, "export", "@arguments"))).endsWith(jars);
        assertThat(classPath(run(Map.of("PAGEWALK_ICEBERG_TABLE", "db.orders"), launcher, "export")))
                .endsWith(jars);
        assertThat(classPath(run(launcher, "export", "--topic", "orders"))).doesNotContain("iceberg");
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
    @EnabledOnOs(OS.LINUX)
    void sizesTheHeapUnlessToldTo() throws Exception {
        Path launcher = distribution();

        assertThat(run(launcher, "plan").lines())
                .containsAnyOf("-Xmn96m", "-XX:MaxRAMPercentage=50")
                .noneMatch(line -> line.startsWith("pagewalk") || line.contains(": "));
        for (String options : List.of("-Xmx96m", "-Xms96m", "-Xmn64m", "-XX:MaxRAMPercentage=80", "-XX:+UseG1GC")) {
            assertThat(run(Map.of("PAGEWALK_OPTS", options), launcher, "plan").lines())
                    .contains(options)
                    .doesNotContain("-Xmn96m", "-XX:MaxRAMPercentage=50");
        }
        for (String variable : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")) {
            assertThat(run(Map.of(variable, "-Xmx256m"), launcher, "plan").lines())
                    .doesNotContain("-Xmn96m", "-XX:MaxRAMPercentage=50");
        }
    }

    /** For images without a shell. */
    @Test
    void printsAnArgumentFileThatStartsJavaAsItDoesItself() throws Exception {
        Path launcher = distribution();
        archive(launcher, "classes-17.0.15-3.jsa", "abc");
        Map<String, String> options = Map.of("PAGEWALK_OPTS", "-Xmx96m -Dquoted=\"a\\b\"");

        Result printed = run(options, launcher, "--java-arguments");

        assertThat(printed.exit()).isZero();
        Path file = Files.write(temp.resolve("arguments"), printed.lines());
        assertThat(readByJava(file)).isEqualTo(run(options, launcher).lines());
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

    private Path distribution(String... jars) throws IOException {
        Path dist = temp.resolve("in stalled");
        Files.createDirectories(dist.resolve("lib/demo"));
        for (String jar : jars.length == 0 ? new String[] {"one.jar"} : jars) {
            Files.createFile(dist.resolve("lib").resolve(jar));
        }
        return copyLauncher(Files.createDirectories(dist.resolve("bin")));
    }

    private static Path archive(Path launcher, String name, String content) throws IOException {
        return Files.writeString(lib(launcher).resolve(name), content);
    }

    private static void listClasses(Path launcher) throws IOException {
        for (String list : List.of("class-list", "class-list-s3")) {
            Files.writeString(lib(launcher).resolve(list), "java/lang/Object\n");
        }
    }

    private static List<Path> archives(Path launcher) throws IOException {
        try (Stream<Path> files = Files.list(lib(launcher))) {
            return files.filter(file -> file.getFileName().toString().startsWith("classes-"))
                    .toList();
        }
    }

    /** A Java that writes a text, which other commands may follow, where it is told to archive classes. */
    private void javaThatArchives(String text) throws IOException {
        script(
                javaHome.resolve("bin/java"),
                "for option in \"$@\"; do case $option in"
                        + " -XX:SharedClassListFile=*) [ -s \"${option#*=}\" ] || exit 1 ;;"
                        + " -XX:SharedArchiveFile=*) exec >\"${option#*=}\"; printf %s " + text + " ;; esac; done");
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

    /** The arguments in a file, each a line in quotes, where a backslash goes before what is meant literally. */
    private static List<String> readByJava(Path file) throws IOException {
        List<String> read = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            assertThat(line).startsWith("\"").endsWith("\"");
            read.add(line.substring(1, line.length() - 1).replaceAll("\\\\(.)", "$1"));
        }
        return read;
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

    private static Path lib(Path launcher) {
        try {
            return launcher.getParent().getParent().toRealPath().resolve("lib");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String classPath(Result result) {
        return result.lines().get(result.lines().indexOf("-cp") + 1);
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
