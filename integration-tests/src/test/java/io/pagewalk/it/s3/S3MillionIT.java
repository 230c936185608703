package io.pagewalk.it.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.DuckDb;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.S3Server;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Enough for large files: uploads in parts, by several threads, in a heap that is not large. */
@LongTest
class S3MillionIT {
    private static final int RECORDS = 1_000_000;
    private static final int PARTITIONS = 4;

    @TempDir
    Path dir;

    @Test
    void aMillionRecordsAreReadBackByAmazonsClientAndCountedByDuckDb() throws Exception {
        String topic = Broker.topic("million", PARTITIONS);
        produce(topic);
        String bucket = S3Server.bucket("million");
        List<String> arguments = new ArrayList<>(
                List.of("--threads", "4", "--file-size", "64MiB", "--page-size", "512MiB", "--compression", "none"));
        S3Server.properties().forEach((name, value) -> arguments.addAll(List.of("-D", name + "=" + value)));
        String[] all = Cli.exportArguments(topic, Path.of("replaced"), arguments.toArray(String[]::new));
        all[List.of(all).indexOf("--output") + 1] = "s3://" + bucket;

        try (CliProcess export = CliProcess.start(List.of("-Xmx384m"), Map.of(), all)) {
            export.await().exits(0);
        }

        S3Server.download(bucket, "", dir);
        assertThat(S3Server.unfinishedUploads(bucket)).isEmpty();
        assertThat(DuckDb.query("SELECT count(*), count(DISTINCT (partition, \"offset\")), count(DISTINCT key),"
                        + " sum(length(base64(value))) FROM read_parquet('" + dir + "/*.parquet')"))
                .containsExactly(List.of(
                        Integer.toString(RECORDS),
                        Integer.toString(RECORDS),
                        Integer.toString(RECORDS),
                        Long.toString(RECORDS * 136L)));
    }

    private static void produce(String topic) throws Exception {
        Map<String, Object> config =
                Map.of("bootstrap.servers", Broker.servers(), "linger.ms", 20, "batch.size", 256 * 1024);
        Random random = new Random(1);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            Future<?> last = CompletableFuture.completedFuture(null);
            for (int i = 0; i < RECORDS; i++) {
                byte[] value = new byte[100];
                random.nextBytes(value);
                last = producer.send(new ProducerRecord<>(
                        topic, i % PARTITIONS, Integer.toString(i).getBytes(UTF_8), value));
            }
            last.get(30, TimeUnit.SECONDS);
        }
    }
}
