package io.pagewalk.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagewalk.cli.Tokens;
import io.pagewalk.cli.console.Terminals;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TokenCommandTest {
    private final Terminals terminals = new Terminals();

    @Test
    void saysWhatATokenSays() {
        assertThat(terminals.run("token", Tokens.token("orders").encode())).isZero();

        assertThat(terminals.out())
                .contains("orders", "1 is next", "11 offsets in 4 pages")
                .containsPattern("0 +5 +5 +0 +exhausted\n")
                .containsPattern("2 +100 +110 +10\n");
    }

    @Test
    void readsALongTokenFromStandardInput() throws IOException {
        terminals.input("\n " + Tokens.token("orders").encode() + " \r\n");

        assertThat(terminals.run("token", "-", "--json")).isZero();

        JsonNode token = new ObjectMapper().readTree(terminals.out());
        assertThat(token.get("topic").textValue()).isEqualTo("orders");
        assertThat(token.get("partitions")).hasSize(3);
    }

    @Test
    void refusesWhatIsNoToken() {
        assertThat(terminals.run("token", "hello")).isEqualTo(2);
        assertThat(terminals.run("token", "-")).isEqualTo(2);
        assertThat(terminals.run("token")).isEqualTo(2);

        assertThat(terminals.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("not a page token"),
                        line -> assertThat(line).contains("no page token on standard input"),
                        line -> assertThat(line).contains("TOKEN is missing"));
    }
}
