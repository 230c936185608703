package io.pagewalk.it.pages;

import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Row;
import io.pagewalk.it.fixture.Serving;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;

/** A topic of some megabytes, and a server that the broker lets read some hundred kilobytes of it, and then next to nothing. */
final class Throttled implements AutoCloseable {
    private static final double BYTES_PER_SECOND = 30_000;
    private static final int RECORDS = 3_000;

    private final String clientId;
    private final Records records;
    private final Serving serving;

    private Throttled(String clientId, Records records, Serving serving) {
        this.clientId = clientId;
        this.records = records;
        this.serving = serving;
    }

    static Throttled start(String name) {
        Records records = Records.into(Broker.topic(name, 1), Map.of("compression.type", "none", "batch.size", 8_000));
        Random random = new Random(3);
        for (int i = 0; i < RECORDS; i++) {
            byte[] value = new byte[1000];
            random.nextBytes(value);
            records.send(0, null, value);
        }
        records.flush();
        limit(name, BYTES_PER_SECOND);
        return new Throttled(name, records, Serving.start(Map.of("client.id", name)));
    }

    Serving serving() {
        return serving;
    }

    String topic() {
        return records.topic();
    }

    String path() {
        return Serving.records(records.topic());
    }

    List<Row> rows() {
        return records.rows();
    }

    /** Lets it read as it likes. */
    void unlimit() {
        limit(clientId, null);
    }

    private static void limit(String clientId, Double bytesPerSecond) {
        ClientQuotaEntity client = new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, clientId));
        Broker.call(admin -> admin.alterClientQuotas(List.of(new ClientQuotaAlteration(
                        client, List.of(new ClientQuotaAlteration.Op("consumer_byte_rate", bytesPerSecond)))))
                .all());
        // The controller has it now, the broker may not: it takes one change after the other.
        Broker.topic("after-quota", 1);
    }

    @Override
    public void close() {
        serving.close();
        records.close();
        unlimit();
    }
}
