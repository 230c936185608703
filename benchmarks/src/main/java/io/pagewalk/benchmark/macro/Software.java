package io.pagewalk.benchmark.macro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.benchmark.macro.contender.Kcat;
import io.pagewalk.benchmark.macro.peer.Environment;
import io.pagewalk.benchmark.macro.peer.Versions;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is compared. */
record Software(Environment environment) {
    /** The versions, by name. */
    Map<String, String> versions() throws IOException {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("Pagewalk", "commit " + commit());
        versions.put("Kafka's broker, clients, Connect and console consumer", Versions.kafka());
        versions.put("Spark", Versions.spark());
        versions.put(
                "Avro, Protobuf, parquet-java and its Protobuf",
                String.join(
                        ", ", Versions.avro(), Versions.protobuf(), Versions.parquet(), Versions.parquetProtobuf()));
        versions.put("s3proxy", Versions.s3proxy());
        String kcat = new Kcat().version();
        if (kcat != null) {
            versions.put("kcat", kcat);
        }
        return versions;
    }

    private String commit() throws IOException {
        Process git = environment
                .children()
                .start(new ProcessBuilder(List.of("git", "describe", "--always", "--dirty"))
                        .directory(environment.checkout().toFile())
                        .redirectErrorStream(true));
        return new String(git.getInputStream().readAllBytes(), UTF_8).strip();
    }
}
