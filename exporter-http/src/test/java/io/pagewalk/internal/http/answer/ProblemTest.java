package io.pagewalk.internal.http.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong, as a line of JSON. */
class ProblemTest {
    @Test
    void saysWhatIsWrongWithARequest() {
        assertThat(Problem.of(400, "page '\"x\"' is not a whole number"))
                .hasToString("{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
                        + "\"detail\":\"page '\\\"x\\\"' is not a whole number\",\"exitCode\":2}\n");
    }

    @Test
    void saysWhichOffsetsAreGone() {
        assertThat(new Problem(410, "gone", 4, new Problem.Lost(3, 9_007_199_254_740_993L)))
                .hasToString(
                        "{\"type\":\"about:blank\",\"title\":\"Gone\",\"status\":410,\"detail\":\"gone\",\"exitCode\":4,"
                                + "\"lostStart\":3,\"lostEnd\":9007199254740993}\n");
    }

    /** Among them those that the server itself answers with. */
    @ParameterizedTest
    @CsvSource({
        "401, Unauthorized",
        "403, Forbidden",
        "404, Not Found",
        "405, Method Not Allowed",
        "406, Not Acceptable",
        "413, Content Too Large",
        "414, URI Too Long",
        "415, Unsupported Media Type",
        "422, Unprocessable Content",
        "429, Too Many Requests",
        "431, Request Header Fields Too Large",
        "500, Internal Server Error",
        "503, Service Unavailable",
        "504, Gateway Timeout"
    })
    void namesAStatusAsItsStandardDoes(int status, String title) {
        assertThat(Problem.text(status)).contains("\"title\":\"" + title + "\",\"status\":" + status + ",");
    }
}
