package io.pagewalk.model;

import static io.pagewalk.model.TokenTexts.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.pagewalk.error.UsageException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PageTokenRejectionTest {
    private static final String TOKEN = TokenTexts.ofJson(JSON);
    private static final String PAYLOAD = TOKEN.substring("pw1.".length(), TOKEN.lastIndexOf('.'));

    @Test
    void acceptsTheTokenThatTheOthersAreMadeOf() {
        assertThat(PageToken.parse(TOKEN).page()).isEqualTo(3);
        assertThat(PageToken.parse(TokenTexts.ofPayload(PAYLOAD))).isEqualTo(PageToken.parse(TOKEN));
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("", "page token is empty"),
                arguments(" \n", "page token is empty"),
                arguments("eyJhbGciOiJIUzI1NiJ9.e30.c2ln", "not a page token: it does not start with pw1."),
                arguments(" " + TOKEN, "not a page token: it does not start with pw1."),
                arguments("pw", "page token is truncated: it ends after 2 characters; copy the whole token"),
                arguments(
                        "pw2" + TOKEN.substring(3),
                        "page token was written by a newer Pagewalk: it has version pw2, and this program reads version"
                                + " pw1; use a newer Pagewalk than this one"),
                arguments("pw10" + TOKEN.substring(3), "it has version pw10, and this program reads version pw1"),
                arguments("pw0" + TOKEN.substring(3), "not a page token: it does not start with pw1."),
                arguments(TOKEN + "\n", "page token is damaged: its checksum does not match; copy the token again"),
                arguments(TOKEN + TOKEN, "page token is damaged"),
                arguments("PW1" + TOKEN.substring(3), "not a page token"),
                arguments("x".repeat(PageTokenCodec.MAX_LENGTH + 1), "page token is too long: 16777217 characters"),
                arguments(TokenTexts.ofPayload("e30*"), "its payload is not URL-safe base64 without padding"),
                arguments(TokenTexts.ofPayload("e30="), "its payload is not URL-safe base64 without padding"),
                arguments(TokenTexts.ofPayload(PAYLOAD + "=="), "its payload is not URL-safe base64 without padding"),
                arguments(TokenTexts.ofPayload("e31"), "its payload is not URL-safe base64 without padding"),
                arguments(TokenTexts.ofPayload("e+0/"), "its payload is not URL-safe base64 without padding"),
                arguments(TokenTexts.ofPayload(""), "the payload is not a JSON object"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void saysWhatIsWrongWithAText(String text, String message) {
        assertRejected(text, message);
    }

    static Stream<Arguments> payloads() {
        return Stream.of(
                arguments("", "the payload is not a JSON object"),
                arguments("[]", "the payload is not a JSON object"),
                arguments("null", "the payload is not a JSON object"),
                arguments("{", "its payload is not the JSON of a token"),
                arguments("not JSON", "its payload is not the JSON of a token"),
                arguments(JSON + " {}", "something follows its payload"),
                arguments(JSON + "]", "its payload is not the JSON of a token"),
                arguments("{}", "field 'cluster' is missing"));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void saysWhatIsWrongWithAPayload(String json, String message) {
        assertRejected(TokenTexts.ofJson(json), "page token is malformed: " + message);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                arguments("\"page\":3,", "\"page\":3,\"owner\":1,", "unknown field 'owner'"),
                arguments("\"page\":3,", "\"page\":3,\"a\\u001b[2J\":1,", "unknown field 'a?[2J'"),
                arguments("\"page\":3,", "", "field 'page' is missing"),
                arguments(",\"partitions\":[[0,0,5],[3,7,9]]", "", "field 'partitions' is missing"),
                arguments("\"turn\":0,", "", "field 'turn' is missing"),
                arguments("\"turn\":0", "\"turn\":-1", "field 'turn' is -1, below 0"),
                arguments("\"turn\":0", "\"turn\":1", "it is the turn of partition 1, which it does not have"),
                arguments("\"turn\":0", "\"turn\":4294967296", "it is the turn of partition 4294967296"),
                arguments("[0,0,5]", "[0,5,5]", "it is the turn of partition 0, which has nothing left"),
                arguments("\"page\":3,", "\"page\":3,\"page\":3,", "field 'page' stands twice"),
                arguments("}", ",\"partitions\":[]}", "field 'partitions' stands twice"),
                arguments("\"c\"", "1", "field 'cluster' is not a string"),
                arguments("\"orders\"", "null", "field 'topic' is not a string"),
                arguments("\"AAAAAAAAAAEAAAAAAAAAAg\"", "[]", "field 'topicId' is not a string"),
                arguments("\"read_committed\"", "true", "field 'isolation' is not a string"),
                arguments("\"asc\"", "{}", "field 'direction' is not a string"),
                arguments("\"pageSize\":10", "\"pageSize\":\"10\"", "field 'pageSize' is not an integer"),
                arguments("\"sliceSize\":5", "\"sliceSize\":5.0", "field 'sliceSize' is not an integer"),
                arguments("\"page\":3", "\"page\":3e0", "field 'page' is not an integer"),
                arguments("[[0,0,5],[3,7,9]]", "{}", "field 'partitions' is not a JSON array"),
                arguments("[3,7,9]", "3", "a partition is not a JSON array"),
                arguments("[3,7,9]", "[]", "a partition's number is not an integer"),
                arguments("[3,7,9]", "[\"3\",7,9]", "a partition's number is not an integer"),
                arguments("[3,7,9]", "[3]", "a partition's start offset is not an integer"),
                arguments("[3,7,9]", "[3,7.5,9]", "a partition's start offset is not an integer"),
                arguments("[3,7,9]", "[3,7]", "a partition's end offset is not an integer"),
                arguments("[3,7,9]", "[3,7,9,1]", "a partition is not an array of three numbers"),
                arguments("[3,7,9]", "[3,7,9223372036854775808]", "a number is out of range"),
                arguments("[3,7,9]", "[2147483648,7,9]", "a number is out of range"),
                arguments("\"pageSize\":10", "\"pageSize\":10000000000000000000", "a number is out of range"),
                arguments("\"pageSize\":10", "\"pageSize\":0", "field 'pageSize' is 0, below 1"),
                arguments("\"sliceSize\":5", "\"sliceSize\":-5", "field 'sliceSize' is -5, below 1"),
                arguments("\"page\":3", "\"page\":0", "field 'page' is 0, below 1"),
                arguments("\"sliceSize\":5", "\"sliceSize\":11", "slice size 11 is above page size 10"),
                arguments("\"page\":3", "\"page\":9223372036854775801", "page 9223372036854775801 leaves no numbers"),
                arguments("[3,7,9]", "[-3,7,9]", "partition -3 is negative"),
                arguments("[3,7,9]", "[3,-7,9]", "partition 3 has a negative offset in [-7, 9)"),
                arguments("[3,7,9]", "[3,7,-9]", "partition 3 has a negative offset in [7, -9)"),
                arguments("[3,7,9]", "[3,9,7]", "partition 3 has the inverted range [9, 7)"),
                arguments("[3,7,9]", "[0,7,9]", "partition 0 stands twice"),
                arguments("[0,0,5]", "[4,0,5]", "partition 3 stands after 4"),
                arguments("[3,7,9]", "[3,0,9223372036854775807]", "its ranges add up to more offsets"),
                arguments("\"orders\"", "\"..\"", "'..' is not a topic name"),
                arguments("\"orders\"", "\"../etc\"", "'../etc' is not a topic name"),
                arguments("\"orders\"", "\"\"", "'' is not a topic name"),
                arguments(
                        "\"orders\"",
                        "\"" + "a".repeat(250) + "\"",
                        "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...' is not a topic name"),
                arguments("\"c\"", "\"\"", "'' is not a cluster id"),
                arguments("\"c\"", "\"\\u001b[2J\"", "'?[2J' is not a cluster id"),
                arguments("\"c\"", "\"\\ud800\"", "'?' is not a cluster id"),
                arguments("\"AAAAAAAAAAEAAAAAAAAAAg\"", "\"AAAA\"", "'AAAA' is not a topic id"),
                arguments("\"AAAAAAAAAAEAAAAAAAAAAg\"", "\"*\"", "'*' is not a topic id"),
                arguments("\"read_committed\"", "\"READ_COMMITTED\"", "'READ_COMMITTED' is no isolation level"),
                arguments("\"asc\"", "\"up\"", "'up' is no direction"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void saysWhatIsWrongWithAField(String original, String replacement, String message) {
        assertThat(JSON).contains(original);

        assertRejected(TokenTexts.ofJson(JSON.replace(original, replacement)), "page token is malformed: " + message);
    }

    @Test
    void tellsATruncatedTokenAtEveryLength() {
        for (int length = 1; length < TOKEN.length(); length++) {
            assertRejected(TOKEN.substring(0, length), "page token is truncated: it ends after " + length);
        }
    }

    @Test
    void noticesEveryChangeOfOneCharacter() {
        for (int i = 0; i < TOKEN.length(); i++) {
            for (char c = 0; c < 130; c++) {
                if (c != TOKEN.charAt(i)) {
                    assertRejected(TOKEN.substring(0, i) + c + TOKEN.substring(i + 1), "");
                }
            }
        }
    }

    private static void assertRejected(String text, String message) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> PageToken.parse(text))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200).matches("[\\x20-\\x7e]+"));
    }
}
