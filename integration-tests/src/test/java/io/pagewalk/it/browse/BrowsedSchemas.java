package io.pagewalk.it.browse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.schema.registry.StandInRegistry;
import io.pagewalk.it.fixture.AvroPayloads;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Payloads are shown by their schemas, or the reason why not. */
abstract class BrowsedSchemas {
    private static final String ORDER = """
            {"type":"record","name":"Order","namespace":"shop","fields":[
              {"name":"id","type":"long"},{"name":"zone","type":"string"}]}""";

    @Test
    void aPayloadIsShownByItsSchemaAndWhatCannotBeDecodedWithTheReasonAndItsBytes() {
        Schema schema = AvroPayloads.schema(ORDER);
        byte[] good = AvroPayloads.framed(1, schema, AvroPayloads.record(schema, 9_007_199_254_740_993L, "north"));
        String topic = Broker.topic("browse-schemas", 1);
        try (StandInRegistry registry = StandInRegistry.start();
                Records records = Records.into(topic)) {
            registry.register(topic + "-value", "AVRO", ORDER);
            records.send(0, "good".getBytes(UTF_8), good)
                    .send(0, "short".getBytes(UTF_8), Arrays.copyOf(good, good.length - 3))
                    .flush();
            try (Serving serving = Serving.startWithRegistry(registry.url());
                    Tab tab = BrowseIT.tab()) {
                tab.open(serving, "?topic=" + topic + "&record=0:0").untilListed();

                tab.untilText(".detail", "avro, shop.Order, id 1");
                assertThat(tab.text(".detail pre"))
                        .isEqualTo("{\n  \"id\": 9007199254740993,\n  \"zone\": \"north\"\n}");
                tab.untilThere(".list .undecoded");
                assertThat(tab.texts(".list .value")).contains("{\"id\":9007199254740993,\"zone\":\"north\"}");
                assertThat(tab.count(".list .undecoded")).isEqualTo(1);

                tab.value("document.querySelector('.list .undecoded').closest('.row').click()");
                tab.untilText(".detail", "not decoded: ");
                assertThat(tab.text(".detail .bad")).contains("(at zone)");
                tab.clickButton("hex").untilText(".detail .hex", "00000000  00 00 00 00 01");
            }
        }
    }
}
