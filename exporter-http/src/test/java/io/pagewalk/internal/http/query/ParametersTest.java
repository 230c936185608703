package io.pagewalk.internal.http.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands behind the question mark. */
class ParametersTest {
    @ParameterizedTest
    @CsvSource({
        "a=1, 1",
        "&&a=1&, 1",
        "a=, ''",
        "a, ''",
        "a=x%3Dy%26z, x=y&z",
        "a=x=y, x=y",
        "a=1+2%2B3, 1 2+3",
        "a=%C3%BC%F0%9F%8E%89, ü🎉",
        "a=ü🎉, ü🎉",
        "%61=1, 1"
    })
    void decodesWhatFormsSend(String query, String value) {
        assertThat(Parameters.parse(query).get("a")).isEqualTo(value);
    }

    @Test
    void hasNothingWhereNothingWasSent() {
        assertThat(Parameters.parse(null).get("a")).isNull();
        assertThat(Parameters.parse("").get("a")).isNull();
        assertThat(Parameters.parse("b=1").get("a")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%1", "a=%1g", "%zz=1", "a=%FF", "a=%C3", "a=%C0%80", "a=%ED%A0%80"})
    void refusesWhatIsNoText(String query) {
        assertThatThrownBy(() -> Parameters.parse(query)).isInstanceOf(BadRequestException.class);
    }

    @Test
    void leavesAPlusInAPathAlone() {
        assertThat(Parameters.decodedPath("a+b%20c")).isEqualTo("a+b c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1&a=1", "a=1&a=2", "a=1&%61=2", "a&a="})
    void refusesAParameterThatStandsTwice(String query) {
        assertThatThrownBy(() -> Parameters.parse(query)).hasMessage("'a' stands twice");
    }

    @Test
    void refusesMoreThanAHundredParameters() {
        String query =
                IntStream.range(0, 101).mapToObj(i -> "header." + i + "=").collect(Collectors.joining("&"));

        assertThatThrownBy(() -> Parameters.parse(query)).hasMessage("there are more than 100 parameters");
    }

    @Test
    void refusesWhatNobodyHasAskedFor() {
        Parameters parameters = Parameters.parse("page_size=1&pagesize=2&header.a=3");
        parameters.get("page_size");
        parameters.startingWith("header.");

        assertThatThrownBy(parameters::requireAllTaken).hasMessage("there is no parameter 'pagesize' here");
    }

    @Test
    void whoLooksWhetherAParameterIsThereHasNotTakenIt() {
        Parameters parameters = Parameters.parse("page=1");

        assertThat(parameters.has("page")).isTrue();
        assertThatThrownBy(parameters::requireAllTaken).isInstanceOf(BadRequestException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "007, 7",
        "9007199254740993, 9007199254740993",
        "9223372036854775807, 9223372036854775807",
        "9999999999999999999, 9223372036854775807"
    })
    void readsWholeNumbers(String text, long number) {
        assertThat(Parameters.parse("n=" + text).number("n", 0, Long.MAX_VALUE)).isEqualTo(number);
    }

    /** Digits are those of ASCII, whatever those of the JVM's locale are. */
    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "1.0", "1e3", "+1", " 1", "0x10", "١", "--1", "-", "1_000"})
    void refusesWhatIsNoWholeNumber(String text) {
        Parameters parameters = Parameters.parse("n=" + text.replace("+", "%2B"));

        assertThatThrownBy(() -> parameters.number("n", 0, Long.MAX_VALUE))
                .hasMessage("n '" + text.strip() + "' is not a whole number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "11", "-9999999999999999999"})
    void refusesNumbersOutOfBounds(String text) {
        assertThatThrownBy(() -> Parameters.parse("n=" + text).number("n", 0, 10))
                .hasMessage("n '" + text + "' is not from 0 to 10");
    }

    @Test
    void encodesWhatALinkKeepsOnce() {
        Map<String, String> more = new LinkedHashMap<>();
        more.put("page_token", "pl1.a-b_c");

        assertThat(Parameters.parse("json.%2Fa~1b=%25+%26%C3%BC&from=1&key_format=json")
                        .without(Set.of("from"), more))
                .isEqualTo("?json.%2Fa%7E1b=%25+%26%C3%BC&key_format=json&page_token=pl1.a-b_c");
    }

    @Test
    void aLinkIsReadAsItWasWritten() {
        String value = "100% +\t&=?#ü🎉'\"";

        String query = Parameters.parse(null).without(Set.of(), Map.of("contains", value));

        assertThat(Parameters.parse(query.substring(1)).get("contains")).isEqualTo(value);
    }

    @Test
    void repeatsOnlyTheBeginningOfWhatIsLong() {
        assertThat(Parameters.shown("x".repeat(1000))).hasSize(85);
        assertThat(Parameters.shown("a\u001b[31m\r\nb")).isEqualTo("'a [31m b'");
    }
}
