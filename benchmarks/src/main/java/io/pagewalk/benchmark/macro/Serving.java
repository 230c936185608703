package io.pagewalk.benchmark.macro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.benchmark.macro.contender.Contender;
import io.pagewalk.benchmark.macro.contender.Copy;
import io.pagewalk.benchmark.macro.kafka.Topic;
import io.pagewalk.benchmark.macro.measure.Directory;
import io.pagewalk.benchmark.macro.measure.Failed;
import io.pagewalk.benchmark.macro.measure.Meter;
import io.pagewalk.benchmark.macro.measure.ServedPages;
import io.pagewalk.benchmark.macro.peer.Environment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pages over HTTP: how long a client waits for one, and what streaming a whole topic costs beside exporting it. */
final class Serving {
    private static final int WARM_UP = 2_000;
    private static final int PAGES = 1_000;
    private static final String FIRST = "?page_size=50";
    private static final Pattern NEXT = Pattern.compile("\"next_page\":\"([^\"]+)\"");

    private final Environment environment;
    private final Meter meter;
    private final String servers;
    private final PrintWriter log;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Serving(Environment environment, Meter meter, String servers, PrintWriter log) {
        this.environment = environment;
        this.meter = meter;
        this.servers = servers;
        this.log = log;
    }

    /**
     * Measures.
     *
     * @param topic with few partitions
     * @param wide with a hundred
     * @param export what streaming is compared with
     */
    ServedPages measure(Topic topic, Topic wide, Contender export, int rounds, Path work)
            throws IOException, InterruptedException {
        List<Double> pages = new ArrayList<>();
        List<Double> widePages = new ArrayList<>();
        List<Double> streamed = new ArrayList<>();
        List<Double> exported = new ArrayList<>();
        try (Server server = new Server(work.resolve("serve.log"))) {
            log.println("serve: warming up");
            walk(server, topic, WARM_UP, new ArrayList<>());
            walk(server, wide, WARM_UP, new ArrayList<>());
            for (int round = 0; round < rounds; round++) {
                log.printf("serve, round %d of %d: pages%n", round + 1, rounds);
                walk(server, topic, PAGES, pages);
                walk(server, wide, PAGES, widePages);
            }
        }
        for (int round = 0; round < rounds; round++) {
            streamed.add(stream(topic, work));
            exported.add(export(topic, export, work));
            log.printf(
                    "serve, round %d of %d: streaming %.2f s CPU, export %.2f s%n",
                    round + 1, rounds, streamed.get(round), exported.get(round));
        }
        return new ServedPages(pages, widePages, streamed, exported);
    }

    private void walk(Server server, Topic topic, int pages, List<Double> millis)
            throws IOException, InterruptedException {
        String next = FIRST;
        for (int i = 0; i < pages; i++) {
            long begin = System.nanoTime();
            HttpResponse<String> page = client.send(server.request(topic, next), BodyHandlers.ofString(UTF_8));
            millis.add((System.nanoTime() - begin) / 1e6);
            if (page.statusCode() != 200) {
                throw new Failed("status " + page.statusCode() + ": " + page.body());
            }
            Matcher found = NEXT.matcher(page.body());
            next = found.find() ? found.group(1) : FIRST;
        }
    }

    private double stream(Topic topic, Path work) throws IOException, InterruptedException {
        try (Server server = new Server(work.resolve("serve.log"))) {
            long lines = 0;
            try (InputStream body = client.send(
                            server.request(topic, "?all=true&format=jsonl"), BodyHandlers.ofInputStream())
                    .body()) {
                byte[] buffer = new byte[1 << 16];
                for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                    for (int i = 0; i < read; i++) {
                        lines += buffer[i] == '\n' ? 1 : 0;
                    }
                }
            }
            if (lines != topic.records()) {
                throw new Failed("streamed " + lines + " records of " + topic.records());
            }
            return server.cpuSeconds();
        }
    }

    private double export(Topic topic, Contender export, Path work) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(work, "run-");
        try {
            Files.createDirectory(directory.resolve("out"));
            Copy copy = new Copy(servers, topic, directory);
            double cpu = meter.run(export.job(copy), directory).cpuSeconds();
            export.check(copy);
            return cpu;
        } finally {
            Directory.delete(directory);
        }
    }

    /** A {@code pagewalk serve} of its own. */
    private final class Server implements AutoCloseable {
        private final Process process;
        private final String url;

        Server(Path errors) throws IOException {
            ProcessBuilder builder = new ProcessBuilder(List.of(
                            environment.distribution().resolve("bin/pagewalk").toString(),
                            "serve",
                            "--bootstrap-server",
                            servers,
                            "--listen",
                            "127.0.0.1:0",
                            "--no-auth"))
                    .redirectError(errors.toFile());
            builder.environment().put("JAVA_HOME", environment.javaHome().toString());
            process = environment.children().start(builder);
            // The only line there will be, so that what the reader has buffered is no loss.
            BufferedReader output = process.inputReader(UTF_8);
            String line = output.readLine();
            if (line == null) {
                throw new Failed("the server has ended: " + Files.readString(errors));
            }
            url = line;
        }

        HttpRequest request(Topic topic, String query) {
            return HttpRequest.newBuilder(URI.create(url + "api/v1/topics/" + topic.name() + "/records" + query))
                    .build();
        }

        double cpuSeconds() {
            return process.toHandle()
                            .info()
                            .totalCpuDuration()
                            .map(Duration::toMillis)
                            .orElseThrow(() -> new Failed("this system does not tell what a process has used"))
                    / 1e3;
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().join();
        }
    }
}
