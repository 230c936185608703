package io.pagewalk.it.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.checkpoint.StorageCheckpointStores;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.internal.log.Entries;
import io.pagewalk.internal.log.RunLogs;
import io.pagewalk.internal.storage.Faults;
import io.pagewalk.internal.storage.InMemoryStorage;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.FaultProxy;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.S3Server;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.SeriesRun;
import io.pagewalk.log.Totals;
import io.pagewalk.model.Extent;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.PageToken;
import io.pagewalk.plan.HeadRoom;
import io.pagewalk.plan.TopicFacts.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** A series that has gone on hourly for more than a year is told of by a few entries of its logs. */
class LongSeriesIT {
    private static final int RUNS = LongTests.count(2_000, 10_000);
    private static final Claim CLAIM = new Claim("orders", 1, "");
    private static final InMemoryStorage.Location MADE = new InMemoryStorage.Location();
    private static SortedMap<String, byte[]> files = new TreeMap<>();

    @TempDir
    Path dir;

    /** Runs without offsets: a first entry and a last one each. */
    @BeforeAll
    static void makeRuns() throws IOException {
        InMemoryStorage storage = MADE.open("maker");
        CLAIM.publish(storage, "orders");
        RunLogs logs = logs(storage);
        SeriesRun series = SeriesRun.FIRST;
        HeadRoom room = new HeadRoom(Entries.NOON, new Retention(-1, -1), null, 0);
        for (int run = 1; run <= RUNS; run++) {
            CheckpointLog log = logs.of(run);
            log.append(start(series));
            log.append(new Checkpoint.Complete(Totals.NONE));
            series = series.next(Totals.NONE, log.lastEntry(), List.of(), room);
        }
        files = MADE.files();
    }

    private static RunLogs logs(InMemoryStorage storage) {
        StorageCheckpointStores stores = new StorageCheckpointStores(storage, OutputLayout.logs(CLAIM.log()));
        return new RunLogs(stores, "orders", Entries.ORIGIN, Entries.CLOCK, null);
    }

    private static Checkpoint.Start start(SeriesRun series) {
        Checkpoint.Start like = Entries.start();
        Extent extent = new Extent(
                like.extent().clusterId(),
                "orders",
                like.extent().topicId(),
                like.extent().isolationLevel(),
                new TreeMap<>(Map.of(0, new OffsetRange(7, 7))));
        return new Checkpoint.Start(
                extent,
                like.options(),
                like.naming(),
                Entries.NOON,
                like.compaction(),
                List.of(),
                PageToken.ofNothing(extent, like.next().direction(), 5, 5),
                null,
                series,
                null,
                null);
    }

    @Test
    void whateverTheStorage() {
        AtomicInteger opened = new AtomicInteger();
        InMemoryStorage storage = MADE.open("counted");
        storage.inject(new Faults() {
            @Override
            public void before(Operation operation, String name) {
                opened.addAndGet(operation == Operation.OPEN ? 1 : 0);
            }
        });

        assertThat(logs(storage).last().orElseThrow().number()).isEqualTo(RUNS);
        assertThat(opened).as("entries that were read").hasValueLessThan(5);
    }

    @Test
    void onALocalDisk() throws IOException {
        write(dir);

        assertThat(run(Cli.run("status", "--output", dir.toString(), "--json"))).isEqualTo(RUNS);
    }

    @Test
    @LongTest
    void onAnObjectStore() throws IOException {
        String bucket = S3Server.bucket("long-series");
        write(S3Server.data(bucket));
        // It can list files that it has not written itself, but not read them, for it has no tag of them.
        files.forEach((name, content) -> {
            if (name.contains("/claim-") || name.contains("/" + RUNS + "/") || name.contains("/" + (RUNS - 1) + "/")) {
                S3Server.client()
                        .putObject(request -> request.bucket(bucket).key(name), RequestBody.fromBytes(content));
            }
        });
        ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
        try (FaultProxy proxy = new FaultProxy(S3Server.port())) {
            proxy.hold(sent -> {
                requests.add(sent.substring(0, Math.max(0, sent.indexOf('\r'))));
                return false;
            });
            List<String> arguments = new ArrayList<>(List.of("status", "--output", "s3a://" + bucket, "--json"));
            S3Server.properties(proxy.port())
                    .forEach((name, value) -> arguments.addAll(List.of("-D", name + "=" + value)));

            assertThat(run(Cli.run(arguments.toArray(String[]::new)))).isEqualTo(RUNS);
        }
        assertThat(requests.stream().filter(request -> request.startsWith("GET ") && request.contains(".json HTTP")))
                .as("entries and claims that were read")
                .hasSizeBetween(3, 8);
        assertThat(requests).as("with the listings, a thousand names each").hasSizeLessThan(60);
    }

    private static int run(Cli.Result status) {
        return Output.json(status.exits(0).out()).at("/series/run").asInt();
    }

    private static void write(Path directory) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        assertThat(new String(files.get(files.lastKey()), UTF_8)).isNotEmpty();
    }
}
