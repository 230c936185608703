package io.pagewalk.it.browse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.embedded.Topics;
import io.pagewalk.internal.schema.registry.StandInRegistry;
import io.pagewalk.it.fixture.AvroPayloads;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.Schema;

/** Topics as a shop has them, one with exports, and a server that shows them. */
final class Shop implements AutoCloseable {
    static final String ORDERS = "shop.orders";
    private static final String PAYMENTS = "shop.payments";
    private static final String CUSTOMERS = "shop.customers";
    private static final String PAYMENT = """
            {"type":"record","name":"Payment","namespace":"shop","fields":[
              {"name":"payment_id","type":"long"},{"name":"method","type":"string"},{"name":"cents","type":"long"}]}""";
    private static final List<String> CITIES = List.of("Łódź", "København", "São Paulo", "Kyōto", "Zürich", "Montréal");
    private static final List<String> STATES = List.of("placed", "paid", "packed", "shipped", "delivered");
    private static final int RECORDS = 2_400;

    private final StandInRegistry registry = StandInRegistry.start();
    private final Serving serving;

    Shop(Path outputs) {
        Random random = new Random(7);
        fillOrders(random);
        fillPayments(random);
        fillCustomers();
        Path lake = outputs.resolve("lake");
        Cli.export(ORDERS, lake.resolve("orders"), "--incremental").exits(0);
        Cli.export(CUSTOMERS, lake.resolve("customers")).exits(0);
        this.serving =
                Serving.startWithExports(registry.url(), List.of(lake.resolve("orders"), lake.resolve("customers")));
    }

    Serving serving() {
        return serving;
    }

    private static void fillOrders(Random random) {
        Topics.create(Broker.servers(), ORDERS, 6, Map.of());
        try (Records records = Records.into(ORDERS)) {
            for (int i = 0; i < RECORDS; i++) {
                String order = String.format(
                        Locale.ROOT,
                        "{\"order\":%d,\"status\":\"%s\",\"customer\":{\"id\":%d,\"city\":\"%s\"},\"total\":%d.%02d,\"items\":%d}",
                        9_007_199_254_740_000L + i,
                        STATES.get(random.nextInt(STATES.size())),
                        random.nextInt(800),
                        CITIES.get(random.nextInt(CITIES.size())),
                        random.nextInt(400),
                        random.nextInt(100),
                        1 + random.nextInt(9));
                String trace = new UUID(random.nextLong(), random.nextLong()).toString();
                records.send(
                        random.nextInt(6),
                        String.format(Locale.ROOT, "order-%06d", i).getBytes(UTF_8),
                        order.getBytes(UTF_8),
                        Records.header("trace-id", trace.getBytes(UTF_8)),
                        Records.header("source", "web".getBytes(UTF_8)));
            }
            records.flush();
        }
    }

    private void fillPayments(Random random) {
        Topics.create(Broker.servers(), PAYMENTS, 3, Map.of());
        Schema schema = AvroPayloads.schema(PAYMENT);
        int id = registry.register(PAYMENTS + "-value", "AVRO", PAYMENT);
        try (Records records = Records.into(PAYMENTS)) {
            for (int i = 0; i < 900; i++) {
                Object payment = AvroPayloads.record(
                        schema, 40_000L + i, random.nextBoolean() ? "CARD" : "TRANSFER", (long) random.nextInt(40_000));
                records.send(i % 3, null, AvroPayloads.framed(id, schema, payment));
            }
            records.flush();
        }
    }

    private static void fillCustomers() {
        Topics.create(Broker.servers(), CUSTOMERS, 1, Map.of());
        try (Records records = Records.into(CUSTOMERS)) {
            for (int i = 0; i < 60; i++) {
                byte[] value = i % 7 == 0 ? null : ("{\"id\":" + i + ",\"active\":true}").getBytes(UTF_8);
                records.send(0, ("customer-" + i).getBytes(UTF_8), value);
            }
            records.flush();
        }
    }

    @Override
    public void close() {
        serving.close();
        registry.close();
        List.of(ORDERS, PAYMENTS, CUSTOMERS).forEach(Broker::delete);
    }
}
