package io.pagewalk.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Row;
import io.pagewalk.it.fixture.Serving;
import io.pagewalk.it.pages.Listed.Place;
import io.pagewalk.it.pages.Requests.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A walk whose pages are asked for in one way or another, while its topic and its server change. */
final class CutWalk implements AutoCloseable {
    private final Random random;
    private final String direction;
    private final Records records;
    private final boolean transactional;
    private final int partitions;
    private final List<Row> frozen;
    private final List<Place> listed = new ArrayList<>();
    /** Before which offset a partition's records were deleted. */
    private final Map<Integer, Long> deleted = new LinkedHashMap<>();

    private Serving serving = Serving.start();
    private boolean grown;
    private boolean lost;

    CutWalk(int seed) {
        this.random = new Random(seed);
        this.direction = random.nextBoolean() ? "asc" : "desc";
        this.transactional = random.nextInt(4) == 0;
        this.partitions = 1 + random.nextInt(5);
        String topic = Broker.topic("cutwalk", partitions);
        this.records = transactional ? Records.transactional(topic) : Records.into(topic);
        for (int batch = 0; batch < 3; batch++) {
            send(1 + random.nextInt(40));
        }
        this.frozen = records.rows();
    }

    private void send(int most) {
        for (int partition = 0; partition < partitions; partition++) {
            for (int i = random.nextInt(most); i > 0; i--) {
                records.send(partition, random.nextInt(1000), null, new byte[random.nextInt(200)]);
            }
        }
        if (!transactional) {
            records.flush();
        } else if (random.nextInt(3) == 0) {
            records.send(0, 1).abort();
        } else {
            records.send(0, 1).commit();
        }
    }

    /** From its first page to the last one, or to one whose records are gone. */
    void walk() {
        String token = null;
        do {
            token = page(token);
            if (token != null) {
                change();
            }
        } while (token != null);
        List<Row> expected = lost ? frozen.stream().filter(this::isListed).toList() : frozen;
        Listed.assertEachOnce(listed, expected, direction);
    }

    /** The token of the next one; null behind the last one, and where it is gone. */
    private String page(String token) {
        int size = 1 + random.nextInt(20);
        boolean isCutByBytes = random.nextInt(3) == 0;
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("page_size", Integer.toString(size));
        if (token == null) {
            parameters.put("direction", direction);
        } else {
            parameters.put(random.nextBoolean() ? "page_token" : "seek", token);
        }
        if (isCutByBytes) {
            parameters.put("max_bytes", Integer.toString(1 + random.nextInt(3000)));
        }
        Answer answer = Requests.ask(serving, records.topic(), parameters, random);
        if (answer.status() == 410) {
            assertLost(answer.meta(), token, size);
            lost = true;
            return null;
        }
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.meta().get("total").intValue()).isGreaterThanOrEqualTo(frozen.size());
        if (!isCutByBytes && !answer.isOfMany() && token != null && random.nextInt(2) == 0) {
            assertPrinted(answer, token, size);
        }
        answer.records().forEach(record -> listed.add(Listed.place(record)));
        return answer.meta().get("next_page_token").textValue();
    }

    /** The command line prints the same, whether it asks the brokers or a server. */
    private void assertPrinted(Answer answer, String token, int size) {
        JsonNode printed = Output.json(printed(token, size).exits(0).out());

        assertThat(Listed.records(printed)).isEqualTo(answer.records());
        assertThat(printed.get("nextPageToken")).isEqualTo(answer.meta().get("next_page_token"));
        assertThat(printed.get("remaining")).isEqualTo(answer.meta().get("remaining"));
    }

    private Cli.Result printed(String token, int size) {
        boolean isRemote = random.nextBoolean();
        return Cli.run(
                Map.of("PAGEWALK_SECRET", Serving.SECRET),
                "",
                "page",
                isRemote ? "--server" : "--bootstrap-server",
                isRemote ? "http://127.0.0.1:" + serving.port() : Broker.servers(),
                "--page-token",
                token,
                "--records",
                Integer.toString(size));
    }

    private void assertLost(JsonNode problem, String token, int size) {
        long start = problem.get("lostStart").longValue();
        long end = problem.get("lostEnd").longValue();
        assertThat(start).isLessThan(end);
        assertThat(frozen)
                .as("a record that was not listed is in [%d, %d)", start, end)
                .anySatisfy(row -> {
                    assertThat(isLost(row) && !isListed(row)).isTrue();
                    assertThat(row.offset()).isBetween(start, end - 1);
                });
        printed(token, size).exits(4);
    }

    private boolean isLost(Row row) {
        return row.offset() < deleted.getOrDefault(row.partition(), 0L);
    }

    private boolean isListed(Row row) {
        return listed.contains(new Place(row.partition(), row.offset()));
    }

    /** What happens between two requests. */
    private void change() {
        int partition = random.nextInt(partitions);
        switch (random.nextInt(20)) {
            case 0, 1 -> send(5);
            case 2 -> restart();
            case 3 -> grow();
            case 4, 5, 6 -> delete(partition, listedFrom(partition));
            case 7 -> delete(partition, listedFrom(partition) + random.nextInt(5));
            default -> {}
        }
    }

    private void restart() {
        serving.close();
        serving = Serving.start();
    }

    private void grow() {
        if (!grown) {
            Broker.addPartitions(records.topic(), partitions + 2);
            grown = true;
        }
    }

    /** Up to where all records of a partition were listed, from its first one on. */
    private long listedFrom(int partition) {
        Set<Place> done = new HashSet<>(listed);
        long end = 0;
        for (Row row : frozen) {
            if (row.partition() == partition) {
                if (!done.contains(new Place(partition, row.offset()))) {
                    break;
                }
                end = row.offset() + 1;
            }
        }
        return end;
    }

    private void delete(int partition, long before) {
        long end = records.rowsWithAborted().stream()
                .filter(row -> row.partition() == partition)
                .mapToLong(row -> row.offset() + 1)
                .max()
                .orElse(0);
        long most = Math.min(before, end);
        if (most > deleted.getOrDefault(partition, 0L)) {
            Broker.deleteRecords(records.topic(), partition, most);
            deleted.put(partition, most);
        }
    }

    @Override
    public void close() {
        serving.close();
        records.close();
    }
}
