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
    /** What values begin with that do not fit: as JSON nobody can read it, and as a text it is cut in a character. */
    static final String BAD = "bad ";

    private static final int LONGEST = 60;
    private static final long YEAR_2020 = 1_577_836_800_000L;
    private static final long YEAR_2030 = 1_893_456_000_000L;
    private static final long YEAR_9999 = 253_370_764_800_000L;

    private final Plan.Content content;
    private final SplittableRandom random;
    private final Plan.Strays strays;
    private final SplittableRandom dates;
    private final long step;
    private final SplittableRandom bad;
    private final int toOneBad;
    private final boolean json;
    private final int keys;
    private int sent;
    private int straysLeft;
    private int strayed;
    private boolean begun;

    Workload(Plan plan) {
        this.content = plan.content();
        this.random = new SplittableRandom(plan.seed() ^ 0x5ca1ab1e);
        this.strays = plan.strays();
        this.step = plan.series()
                .map(series -> series.step(plan.content().records()))
                .orElse(1L);
        this.dates = new SplittableRandom(plan.seed() ^ 0xda7e5);
        this.bad = new SplittableRandom(plan.seed() ^ 0xbadbadL);
        this.toOneBad = plan.recordsToOneBad();
        this.json = plan.shape().valueFormat().equals("json");
        this.keys = random.nextInt(1, Math.max(2, content.records() / 3));
    }

    /** Returns once everything is stored, and every transaction has ended. */
    Records produce(String topic, String servers) {
        Records records = begin(topic, servers);
        grow(records, content.records());
        return records;
    }

    /** Sends none yet. */
    Records begin(String topic, String servers) {
        Map<String, Object> config = Map.of("bootstrap.servers", servers);
        return content.transactions() ? Records.transactional(topic, config) : Records.into(topic, config);
    }

    /** Sends so many more; returns likewise. */
    void grow(Records records, int more) {
        List<Integer> turns = turns();
        int end = sent + more;
        int longestTurn = Math.max(2, content.records() / 20);
        while (!turns.isEmpty() && sent < end) {
            int partition = turns.get(random.nextInt(turns.size()));
            int count = Math.min(end - sent, random.nextInt(1, longestTurn));
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
    }

    /** How many records have dates of their own. */
    int strayed() {
        return strayed;
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
        records.send(partition, timestamp(), key(), value(), headers);
        sent++;
        begun = content.transactions();
    }

    private long timestamp() {
        if (strays.oneIn() > 0 && straysLeft == 0 && dates.nextInt(strays.oneIn()) == 0) {
            straysLeft = dates.nextInt(1, strays.longest() + 1);
        }
        if (straysLeft == 0) {
            // So slowly that a segment of half a second holds some hundred records.
            return Records.FIRST_TIMESTAMP + sent * step;
        }
        straysLeft--;
        strayed++;
        boolean future = strays.future() && (!strays.past() || dates.nextBoolean());
        return future ? dates.nextLong(YEAR_2030, YEAR_9999) : dates.nextLong(YEAR_2020);
    }

    private byte[] key() {
        boolean keyless = content.compaction() == Plan.Compaction.NONE && random.nextInt(5) == 0;
        String number = Integer.toString(random.nextInt(keys));
        return keyless
                ? null
                : content.key() == Payload.STRING ? ("key-" + number).getBytes(UTF_8) : number.getBytes(UTF_8);
    }

    private byte[] value() {
        byte[] fitting = nullable(content.value());
        if (toOneBad == 0 || bad.nextInt(toOneBad) > 0) {
            return fitting;
        }
        byte[] unfit = (BAD + bad.nextInt()).getBytes(UTF_8);
        unfit[unfit.length - 1] = json ? unfit[unfit.length - 1] : (byte) 0xc3;
        return unfit;
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
