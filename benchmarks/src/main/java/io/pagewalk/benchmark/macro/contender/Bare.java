package io.pagewalk.benchmark.macro.contender;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pagewalk.benchmark.macro.measure.Job;
import io.pagewalk.benchmark.macro.peer.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@link BareConsumer}: what every Java program that reads the topic has to pay at least. */
final class Bare implements Contender {
    private final Environment environment;

    Bare(Environment environment) {
        this.environment = environment;
    }

    @Override
    public String does() {
        return "One `KafkaConsumer` (serial collector, 5,000 records a poll) that throws everything away, without a copy of"
                + " keys and values (`ByteBufferDeserializer`): the limit for a program on Kafka's Java client.";
    }

    @Override
    public Job job(Copy copy) {
        List<String> command = List.of(
                environment.java().toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                BareConsumer.class.getName(),
                copy.servers(),
                copy.topic().name());
        return new Job(command, Map.of(), count(copy), null);
    }

    @Override
    public void check(Copy copy) throws IOException {
        copy.expect(Long.parseLong(Files.readString(count(copy), US_ASCII).strip()));
    }

    private static Path count(Copy copy) {
        return copy.directory().resolve("count");
    }
}
