package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Cli.Result;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.LongCases;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that fails ends a run with one line; what was committed stands, and a run on a mended disk goes on. */
class StorageFaultsIT {
    private static final String[] SHAPE = {"--page-size", "40", "--file-size", "20"};

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(strings = "parquet")
    @LongCases("jsonl")
    void aFullDiskIsGoneOnFromOnceItHasRoom(String format) throws Exception {
        try (SmallDisk disk = SmallDisk.mount(dir.resolve("out"), "size=512k");
                Records records = noise("full", 1500)) {
            String topic = records.topic();
            Output output = new Output(disk.directory());
            String[] shape = {"--page-size", "200", "--file-size", "100", "--format", format, "--compression", "none"};

            String error = Cli.export(topic, disk.directory(), shape).exits(1).error();

            assertThat(error).contains("No space left on device", disk.directory() + "/", "run again to resume");
            assertThat(committedRows(output, topic)).isPositive().isLessThan(1500);
            // Still full: the same again, and nothing that was committed is harmed.
            assertThat(Cli.export(topic, disk.directory(), shape).exits(1).error())
                    .contains("No space left on device", "run again");
            disk.remount("size=16m");
            Cli.export(topic, disk.directory(), shape).exits(0);
            assertExported(records, output);
        }
    }

    @Test
    void aDiskWithoutRoomForCheckpointsKeepsThePagesFiles() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(dir.resolve("log"), "size=64k");
                Records records = Records.filled("logfull", 2000)) {
            Path directory = dir.resolve("out");
            String[] arguments = Cli.exportArguments(records.topic(), directory, SHAPE);
            String[] elsewhere =
                    with(arguments, "--checkpoints", disk.directory().toString());

            String error = Cli.run(elsewhere).exits(1).error();

            assertThat(error)
                    .contains("cannot write " + disk.directory() + "/", "No space left on device", "run again");
            disk.remount("size=16m");
            assertThat(Cli.run(elsewhere).exits(0).err()).contains("kept of an interrupted run");
            assertThat(new Output(directory).rows()).isEqualTo(records.rows());
        }
    }

    @Test
    @LongTest
    void aDiskWithoutRoomForFurtherNamesIsAFullOne() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(dir.resolve("out"), "nr_inodes=30");
                Records records = Records.filled("inodes", 1000)) {
            String topic = records.topic();

            String error = Cli.export(topic, disk.directory(), SHAPE).exits(1).error();

            assertThat(error).contains("No space left on device", disk.directory() + "/", "run again");
            disk.remount("nr_inodes=100000");
            Cli.export(topic, disk.directory(), SHAPE).exits(0);
            assertExported(records, new Output(disk.directory()));
        }
    }

    @Test
    void aReadOnlyDiskIsNamedAndGoneOnFromOnceItIsWritable() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(dir.resolve("out"), "size=16m");
                Records records = Records.filled("readonly", 400)) {
            String topic = records.topic();
            disk.remount("ro");
            assertThat(Cli.export(topic, disk.directory(), SHAPE).exits(1).error())
                    .contains(disk.directory() + "/_pagewalk", "Read-only file system", "run again");
            disk.remount("rw");
            Cli.export(topic, disk.directory(), with(SHAPE, "--max-pages", "2")).exits(3);
            disk.remount("ro");

            String error = Cli.export(topic, disk.directory(), SHAPE).exits(1).error();

            assertThat(error).contains(disk.directory() + "/_pagewalk", "Read-only file system", "run again");
            // What is there can still be asked about.
            Cli.run("status", "--output", disk.directory().toString()).exits(3);
            disk.remount("rw");
            Cli.export(topic, disk.directory(), SHAPE).exits(0);
            assertExported(records, new Output(disk.directory()));
        }
    }

    @Test
    @LongTest
    void permissionThatIsLostOnTheWayIsNamedAndGoneOnFromOnceItIsBack() throws Exception {
        try (Records records = Records.filled("permission", 2000)) {
            String topic = records.topic();
            Output output = new Output(dir.resolve("out"));
            Result refused;
            try (CliProcess process =
                    CliProcess.startUnprivileged(Cli.exportArguments(topic, output.directory(), SHAPE))) {
                awaitPages(output, topic, process);
                allow(output.directory(), "r-xr-xr-x");
                refused = process.await();
            }

            assertThat(refused.exits(1).error())
                    .contains("permission denied", output.directory() + "/" + topic + "-0-", "run again to resume");
            try (CliProcess process =
                    CliProcess.startUnprivileged(Cli.exportArguments(topic, output.directory(), SHAPE))) {
                assertThat(process.await().exits(1).error()).contains("permission denied", "run again");
            }
            allow(output.directory(), "rwxr-xr-x");
            Cli.export(topic, output.directory(), SHAPE).exits(0);
            assertExported(records, output);
        }
    }

    @Test
    void anOutputThatMayNotBeWrittenIsNamedBeforeAnythingIsRead() throws Exception {
        try (Records records = Records.filled("forbidden", 10)) {
            Path parent = Files.createDirectory(dir.resolve("forbidden"));
            allow(parent, "r-xr-xr-x");
            try (CliProcess process =
                    CliProcess.startUnprivileged(Cli.exportArguments(records.topic(), parent.resolve("out")))) {
                assertThat(process.await().exits(1).error())
                        .contains(parent.resolve("out").toString(), "permission denied", "run again");
            } finally {
                allow(parent, "rwxr-xr-x");
            }
        }
    }

    @Test
    void anOutputThatIsRemovedUnderARunIsNotBroughtBack() throws Exception {
        try (Records records = Records.filled("removed", 2000)) {
            String topic = records.topic();
            Output output = new Output(dir.resolve("out"));
            Result failed;
            try (CliProcess process = CliProcess.start(Cli.exportArguments(topic, output.directory(), SHAPE))) {
                awaitPages(output, topic, process);
                process.signal("STOP");
                remove(output.directory());
                process.signal("CONT");
                failed = process.await();
            }

            assertThat(failed.exits(1).error()).contains(output.directory().toString(), "gone", "run again");
            assertThat(output.directory()).doesNotExist();
            Cli.export(topic, output.directory(), SHAPE).exits(0);
            assertExported(records, output);
        }
    }

    @Test
    void aLogThatIsRemovedUnderARunEndsItAndIsNotBegunInTheMiddle() throws Exception {
        try (Records records = Records.filled("nolog", 2000)) {
            String topic = records.topic();
            Output output = new Output(dir.resolve("out"));
            Result failed;
            try (CliProcess process = CliProcess.start(Cli.exportArguments(topic, output.directory(), SHAPE))) {
                awaitPages(output, topic, process);
                process.signal("STOP");
                remove(output.log(topic));
                process.signal("CONT");
                failed = process.await();
            }

            assertThat(failed.exits(1).error()).contains(output.log(topic).toString());
            assertThat(output.log(topic)).doesNotExist();
            // The files are there, but what is in them is not known any more.
            assertThat(Cli.export(topic, output.directory(), SHAPE).exits(2).error())
                    .contains(topic + "-0-", "which no export's log there covers", "use an empty output");
        }
    }

    private static void awaitPages(Output output, String topic, CliProcess process) {
        Eventually.isTrue("under way", () -> output.checkpoints(topic) > 3 || !process.isAlive());
    }

    /** Records that cannot be compressed, of about 300 bytes. */
    private static Records noise(String purpose, int count) {
        Random random = new Random(4);
        Records records = Records.filled(purpose, 0);
        for (int i = 0; i < count; i++) {
            byte[] value = new byte[300];
            random.nextBytes(value);
            records.send(0, null, value);
        }
        return records.flush();
    }

    private static long committedRows(Output output, String topic) {
        int last = output.checkpoints(topic) - 1;
        return output.checkpoint(topic, last).at("/totals/records").asLong();
    }

    private static void assertExported(Records records, Output output) {
        assertThat(output.rows()).isEqualTo(records.rows());
        output.assertComplete(records.topic());
    }

    private static void allow(Path directory, String permissions) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
    }

    /** In one step: a process that is being stopped may still create files. */
    private void remove(Path directory) throws IOException {
        Files.move(directory, dir.resolve("removed"));
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.of(arguments, more).flatMap(Stream::of).toArray(String[]::new);
    }
}
