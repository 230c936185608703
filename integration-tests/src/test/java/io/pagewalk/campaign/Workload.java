package io.pagewalk.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.campaign.Plan.Payload;
import io.pagewalk.it.fixture.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.common.header.Header;

/** Fills a topic as a plan says. */
final class Workload {
    private static final String[] TEXTS = {"", "a", "grün", "🚀 \u2028", "\"quoted\" \\ \t\r\n", "{\"not\": json", "17"
    };
    private static final int LONGEST = 60;

    private final Plan.Content content;
    private final SplittableRandom random;
    private final int keys;
    private int sent;
    private boolean begun;

    Workload(Plan plan) {
        this.content = plan.content();
        this.random = new SplittableRandom(plan.seed() ^ 0x5ca1ab1e);
        this.keys = random.nextInt(1, Math.max(2, content.records() / 3));
    }

    /** Returns once everything is stored, and every transaction has ended. */
    Records produce(String topic, String servers) {
        Map<String, Object> config = Map.of("bootstrap.servers", servers);
        Records records = content.transactions() ? Records.transactional(topic, config) : Records.into(topic, config);
        List<Integer> turns = turns();
        int longestTurn = Math.max(2, content.records() / 20);
        while (!turns.isEmpty() && sent < content.records()) {
            int partition = turns.get(random.nextInt(turns.size()));
            int count = Math.min(content.records() - sent, random.nextInt(1, longestTurn));
            for (int i = 0; i < count; i++) {
                send(records, partition);
            }
            if (content.transactions() && random.nextInt(3) == 0) {
                end(records);
            } else if (!content.transactions()) {
                records.flush();
            }
        }
        if (begun) {
            end(records);
        }
        return records;
    }

    private void end(Records records) {
        begun = false;
        if (random.nextInt(3) == 0) {
            records.abort();
        } else {
            records.commit();
        }
    }

    /** Each partition as often as it weighs. */
    private List<Integer> turns() {
        List<Integer> turns = new ArrayList<>();
        for (int partition = 0; partition < content.weights().size(); partition++) {
            for (int i = 0; i < content.weights().get(partition); i++) {
                turns.add(partition);
            }
        }
        return turns;
    }

    private void send(Records records, int partition) {
        Header[] headers = new Header[random.nextInt(3) == 0 ? random.nextInt(1, 4) : 0];
        for (int i = 0; i < headers.length; i++) {
            headers[i] = Records.header(random.nextBoolean() ? "same" : TEXTS[i], nullable(content.header()));
        }
        // So slowly that a segment of half a second holds some hundred records.
        long timestamp = Records.FIRST_TIMESTAMP + sent;
        records.send(partition, timestamp, key(), nullable(content.value()), headers);
        sent++;
        begun = content.transactions();
    }

    private byte[] key() {
        boolean keyless = content.compaction() == Plan.Compaction.NONE && random.nextInt(5) == 0;
        String number = Integer.toString(random.nextInt(keys));
        return keyless
                ? null
                : content.key() == Payload.STRING ? ("key-" + number).getBytes(UTF_8) : number.getBytes(UTF_8);
    }

    private byte[] nullable(Payload payload) {
        return random.nextInt(20) == 0 ? null : bytes(payload);
    }

    private byte[] bytes(Payload payload) {
        return switch (payload) {
            case BYTES -> {
                byte[] bytes = new byte[random.nextInt(LONGEST)];
                random.nextBytes(bytes);
                yield bytes;
            }
            case STRING -> text().getBytes(UTF_8);
            case JSON ->
                ("{\"n\":" + random.nextInt() + ",\"s\":\"grün 🚀\",\"a\":[1,null,{\"d\":2.5}]}").getBytes(UTF_8);
        };
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)] + (random.nextBoolean() ? "" : "number " + random.nextInt());
    }
}
