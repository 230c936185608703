package io.pagewalk.internal.http.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.pagewalk.internal.http.query.ListingQuery.Format;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer is written in. */
class AcceptedTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/* | JSON",
                "application/* | JSON",
                "application/json | JSON",
                "application/x-ndjson | NDJSON",
                "application/jsonl | JSONL",
                "text/csv | CSV",
                "text/* | CSV",
                "TEXT/CSV;charset=utf-8 | CSV",
                "text/html, application/xhtml+xml, */*;q=0.8 | JSON",
                "application/json;q=0.5, application/x-ndjson | NDJSON",
                "application/json;q=0.5, application/x-ndjson;q=0.50 | JSON",
                "application/x-ndjson;q=0.001, text/html | NDJSON",
                "application/*;q=0.9, text/csv;q=0.8 | JSON",
                "application/json;q=0, application/* | NDJSON",
                "*/*, application/json;q=0.1, application/x-ndjson;q=0.1 | JSONL",
                "*/*;q=1, application/*;q=0 | CSV",
                "text/csv ; header=present ; q=0.3, application/jsonl;q=0.2 | CSV",
                "application/json; Q=0.2 , text/csv;q=0.3 | CSV"
            })
    void takesWhatIsAcceptedMost(String accept, Format format) {
        assertThat(Accepted.format(null, List.of(accept), false)).isEqualTo(format);
        assertThat(Accepted.format(null, List.of(accept.split(",", -1)), false)).isEqualTo(format);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json;q=0", "*/*;q=0", "application/*;q=0.0, text/csv;q=0.000"})
    void refusesWhereNothingIsAccepted(String accept) {
        assertThatThrownBy(() -> Accepted.format(null, List.of(accept), false))
                .asInstanceOf(type(BadRequestException.class))
                .extracting(BadRequestException::status)
                .isEqualTo(406);
    }

    @Test
    void doesNotWriteAllPagesAsOneDocument() {
        assertThat(Accepted.format(null, List.of(), true)).isEqualTo(Format.NDJSON);
        assertThat(Accepted.format(null, List.of("*/*"), true)).isEqualTo(Format.NDJSON);
        assertThat(Accepted.format(null, List.of("application/json, text/csv;q=0.1"), true))
                .isEqualTo(Format.CSV);
        assertThatThrownBy(() -> Accepted.format(null, List.of("application/json"), true))
                .hasMessageContaining("none of these is accepted");
    }

    @ParameterizedTest
    @CsvSource({"json, JSON", "ndjson, NDJSON", "jsonl, JSONL", "csv, CSV"})
    void whatIsNamedNeedsNotBeAccepted(String name, Format format) {
        assertThat(Accepted.format(name, List.of("text/html"), false)).isEqualTo(format);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "xml", "JSON", "json "})
    void refusesNamesThatThereAreNot(String name) {
        assertThatThrownBy(() -> Accepted.format(name, List.of(), false))
                .hasMessage("format '" + name.strip() + "' is none of json, ndjson, jsonl, csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", ",,", "/", ";q=1"})
    void whatIsNoRangeSaysNothing(String accept) {
        assertThat(Accepted.format(null, List.of(accept), false)).isEqualTo(Format.JSON);
    }
}
