import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Serializes one record in each way that Apicurio's serializer knows, and prints a line for each: its name, the payload, and each header, all
 * but the name in Base64.
 */
public class AvroSerializers {
    private static final Schema SCHEMA = new Schema.Parser()
            .parse("{\"type\":\"record\",\"name\":\"Order\",\"namespace\":\"x\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}");

    public static void main(String[] arguments) {
        String url = arguments[0];
        print(url, "content", Map.of());
        print(url, "global", Map.of("apicurio.registry.use-id", "globalId"));
        print(
                url,
                "legacy",
                Map.of(
                        "apicurio.registry.use-id",
                        "globalId",
                        "apicurio.registry.id-handler",
                        "io.apicurio.registry.serde.Legacy8ByteIdHandler"));
        print(url, "headers", Map.of("apicurio.registry.headers.enabled", "true"));
        print(
                url,
                "global-headers",
                Map.of("apicurio.registry.headers.enabled", "true", "apicurio.registry.use-id", "globalId"));
        print(
                url,
                "json",
                Map.of("apicurio.registry.headers.enabled", "true", "apicurio.registry.avro.encoding", "JSON"));
        System.exit(0);
    }

    private static void print(String url, String name, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("apicurio.registry.url", url);
        all.put("apicurio.registry.auto-register", "true");
        GenericRecord record = new GenericData.Record(SCHEMA);
        record.put("a", 150);
        RecordHeaders headers = new RecordHeaders();
        StringBuilder line = new StringBuilder("FRAME\t" + name);
        try (AvroKafkaSerializer<GenericRecord> serializer = new AvroKafkaSerializer<>()) {
            serializer.configure(all, false);
            line.append('\t').append(base64(serializer.serialize("orders", headers, record)));
        }
        for (Header header : headers) {
            line.append('\t')
                    .append(base64(header.key().getBytes(StandardCharsets.UTF_8)))
                    .append('\t')
                    .append(base64(header.value()));
        }
        System.out.println(line);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
