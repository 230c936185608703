package io.pagewalk.it.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.FaultProxy;
import io.pagewalk.it.fixture.FilledTopics;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.it.fixture.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many topics into an object store, where each request costs: what a topic takes beyond its data files is bounded. */
class TopicsOnS3IT {
    private static final int TOPICS = LongTests.count(12, 50);
    private static final int MOST_REQUESTS = 20;
    /** Whatever the number of topics: to probe the store, and to look who is there. */
    private static final int MOST_OF_THE_COMMAND = 50;

    @TempDir
    Path dir;

    @Test
    void takesFewRequestsATopicBesideItsFiles() throws IOException {
        FilledTopics topics = new FilledTopics("stored", TOPICS, 10);
        String bucket = S3Server.bucket("topics");
        Queue<String> requests = new ConcurrentLinkedQueue<>();
        try (FaultProxy proxy = new FaultProxy(S3Server.port())) {
            proxy.hold(sent -> {
                if (sent.matches("(?s)(GET|PUT|HEAD|POST|DELETE) /.*")) {
                    requests.add(sent.substring(0, sent.indexOf('\r')));
                }
                return false;
            });
            String[] arguments = FilledTopics.arguments(
                    "stored-.*",
                    Path.of("replaced"),
                    Stream.concat(
                                    Stream.of("--incremental", "--output", "s3a://" + bucket + "/lake"),
                                    S3Server.properties(proxy.port()).entrySet().stream()
                                            .flatMap(setting ->
                                                    Stream.of("-D", setting.getKey() + "=" + setting.getValue())))
                            .toArray(String[]::new));

            Cli.run(arguments).exits(0);
            assertFew("first command", requests);
            Cli.run(arguments).exits(0);
            assertFew("nothing new", requests);
        }
        S3Server.download(bucket, "lake/", dir);
        topics.names().forEach(topic -> topics.assertExact(dir, topic));
    }

    private static void assertFew(String what, Queue<String> requests) {
        Map<String, Integer> kinds = new TreeMap<>();
        requests.stream()
                .filter(request -> !request.contains(".parquet "))
                .forEach(request -> kinds.merge(kind(request), 1, Integer::sum));
        int sum = kinds.values().stream().mapToInt(Integer::intValue).sum();
        requests.clear();
        System.out.println(String.format(
                Locale.ROOT, "S3, %s: %.1f requests a topic beside its files: %s", what, (double) sum / TOPICS, kinds));
        assertThat(sum).as("%s: %s", what, kinds).isLessThanOrEqualTo(MOST_OF_THE_COMMAND + TOPICS * MOST_REQUESTS);
    }

    private static String kind(String request) {
        String verb = request.substring(0, request.indexOf(' '));
        return request.contains("list-type") ? "LIST" : verb;
    }
}
