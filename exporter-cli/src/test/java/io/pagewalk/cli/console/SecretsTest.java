package io.pagewalk.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretsTest {
    private final Secrets secrets = new Secrets();

    @Test
    void hidesSecretsWhereverTheyTurnUp() {
        secrets.addAll(Map.of(
                "ssl.keystore.password", "geheim",
                "sasl.jaas.config", "Module required username=\"bob\" password=\"ge:he;im\" clientSecret='a b';",
                "ssl.keystore.key", "-----BEGIN KEY-----"));

        assertThat(secrets.hideIn("x geheim y ge:he;im z a b -----BEGIN KEY-----"))
                .isEqualTo("x [hidden] y [hidden] z [hidden] [hidden]");
        assertThat(secrets.hideIn("user bob")).isEqualTo("user bob");
    }

    @Test
    void leavesOrdinarySettingsReadable() {
        secrets.addAll(Map.of(
                "sasl.mechanism", "PLAIN",
                "ssl.truststore.location", "/etc/trust.jks",
                "sasl.oauthbearer.token.endpoint.url", "https://idp",
                "delegation.token.expiry.ms", "100",
                "ssl.key.password", "ab"));

        assertThat(secrets.hideIn("PLAIN /etc/trust.jks https://idp 100 ab"))
                .isEqualTo("PLAIN /etc/trust.jks https://idp 100 ab");
    }

    @Test
    void hidesEveryWordOfAJaasConfigurationThatIsMalformed() {
        secrets.addAll(Map.of(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"bob\""
                        + " password=\"firsthalf\"SECONDHALF;"));

        assertThat(secrets.hideIn("Value not specified for key 'SECONDHALF' after firsthalf: required"))
                .isEqualTo("Value not specified for key '[hidden]' after [hidden]: required");
    }

    @Test
    void hidesTheLongerOfTwoSecretsWhole() {
        secrets.addAll(Map.of("a.password", "abc", "b.password", "abcdef"));

        assertThat(secrets.hideIn("abcdef")).isEqualTo("[hidden]");
    }

    @Test
    void areKeptOutOfStackTraces() {
        Terminals terminals = new Terminals();
        Console console = terminals.console();
        console.keepSecret(Map.of("ssl.key.password", "geheim"));

        console.stackTrace(new IllegalStateException("it is geheim"));
        console.warn("geheim");
        console.error("geheim");
        console.info("geheim");

        assertThat(terminals.err())
                .contains("it is [hidden]", "IllegalStateException")
                .doesNotContain("geheim");
    }
}
