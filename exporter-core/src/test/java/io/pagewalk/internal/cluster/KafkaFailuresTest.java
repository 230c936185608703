package io.pagewalk.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is told of settings that hold secrets: nothing connects here, the clients cannot even be made. */
class KafkaFailuresTest {
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule";
    private static final Pattern SECRET = Pattern.compile("firsthalf|SECONDhalf|third7", Pattern.CASE_INSENSITIVE);
    /** What mutations put in, each of which means something to some parser. */
    private static final List<String> MARKS =
            List.of("\"", "'", ";", "=", " ", "\\", "\n", "{", "}", ",", "//", "/*", "#", "${", "é", "required");

    @Test
    void tellsNoPartOfAPasswordInAMalformedJaasConfiguration() {
        String told = tell(Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                LOGIN + " required username=\"u\" password=\"firsthalf\"SECONDhalf;"));

        assertThat(told).contains("sasl.jaas.config cannot be understood", "';' at the end");
        assertThat(SECRET.matcher(told).find()).as(told).isFalse();
    }

    @Test
    void tellsNoPartOfASecretHoweverItsSettingIsMalformed() {
        long seed = 11;
        Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < 400; round++) {
            String jaas = mutated(LOGIN + " required username=\"u\" password=\"firsthalf.SECONDhalf third7\";", random);
            String told = tell(
                    Map.of("security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", "PLAIN", "sasl.jaas.config", jaas));
            if (told != null) {
                refused++;
                assertThat(SECRET.matcher(told).find())
                        .as("seed %d, round %d: %s gives %s", seed, round, jaas, told)
                        .isFalse();
            }
        }
        assertThat(refused).isGreaterThan(100);
        for (int round = 0; round < 100; round++) {
            String key = mutated(
                    "-----BEGIN PRIVATE KEY-----\nfirsthalfSECONDhalf\nthird7\n-----END PRIVATE KEY-----", random);
            String told = tell(Map.of(
                    "security.protocol",
                    "SSL",
                    "ssl.keystore.type",
                    "PEM",
                    "ssl.keystore.key",
                    key,
                    "ssl.keystore.certificate.chain",
                    "-----BEGIN CERTIFICATE-----\nfirsthalf\n-----END CERTIFICATE-----",
                    "ssl.key.password",
                    "third7"));
            assertThat(told).isNotNull();
            assertThat(SECRET.matcher(told).find())
                    .as("seed %d, round %d: %s gives %s", seed, round, key, told)
                    .isFalse();
        }
    }

    private static String mutated(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(mutated.length());
            switch (random.nextInt(3)) {
                case 0 -> mutated.deleteCharAt(at);
                case 1 -> mutated.insert(at, MARKS.get(random.nextInt(MARKS.size())));
                default -> mutated.replace(at, at + 1, MARKS.get(random.nextInt(MARKS.size())));
            }
        }
        return mutated.toString();
    }

    /** What is told when a consumer cannot be made of these settings; null if it can. */
    private static @Nullable String tell(Map<String, String> properties) {
        KafkaSettings settings = new KafkaSettings("127.0.0.1:1", properties, Duration.ofSeconds(1));
        Map<String, Object> config = new HashMap<>(properties);
        config.put("bootstrap.servers", "127.0.0.1:1");
        try {
            new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()).close();
            return null;
        } catch (KafkaException e) {
            return KafkaFailures.translate(e, "cannot connect", settings).getMessage();
        }
    }
}
