package io.pagewalk.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.pagewalk.error.UsageException;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PageTokenRejectionTest {
    private static final String TOKEN = TokenTexts.text();
    private static final String PAYLOAD = TOKEN.substring("pw2.".length(), TOKEN.lastIndexOf('.'));

    @Test
    void acceptsTheTokenThatTheOthersAreMadeOf() {
        assertThat(PageToken.parse(TOKEN).page()).isEqualTo(3);
        assertThat(PageToken.parse(TokenTexts.ofPayload(PAYLOAD))).isEqualTo(PageToken.parse(TOKEN));
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("", "page token is empty"),
                arguments(" \n", "page token is empty"),
                arguments("eyJhbGciOiJIUzI1NiJ9.e30.c2ln", "not a page token: it does not start with pw2."),
                arguments(" " + TOKEN, "not a page token: it does not start with pw2."),
                arguments("pw", "page token is truncated: it ends after 2 characters; copy the whole token"),
                arguments(
                        "pw3" + TOKEN.substring(3),
                        "page token was written by a newer Pagewalk: it has version pw3, and this program reads version"
                                + " pw2; use a newer Pagewalk than this one"),
                arguments("pw10" + TOKEN.substring(3), "it has version pw10, and this program reads version pw2"),
                arguments("pw1" + TOKEN.substring(3), "not a page token: it does not start with pw2."),
                arguments(TOKEN + "\n", "page token is damaged: its checksum does not match; copy the token again"),
                arguments(TOKEN + TOKEN, "page token is damaged"),
                arguments("PW2" + TOKEN.substring(3), "not a page token"),
                arguments("x".repeat(TokenEnvelope.MAX_LENGTH + 1), "page token is too long: 16777217 characters"),
                arguments(TokenTexts.ofPayload("e30*"), "its payload is not URL-safe base64 without padding"),
                arguments(TokenTexts.ofPayload("e30="), "its payload is not URL-safe base64 without padding"),
                arguments(TokenTexts.ofPayload(PAYLOAD + "=="), "its payload is not URL-safe base64 without padding"),
                arguments(TokenTexts.ofPayload("e31"), "its payload is not URL-safe base64 without padding"),
                arguments(TokenTexts.ofPayload("e+0/"), "its payload is not URL-safe base64 without padding"),
                arguments(TokenTexts.ofPayload(""), "its payload ends in the middle"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void saysWhatIsWrongWithAText(String text, String message) {
        assertRejected(text, message);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change(f -> f.behind = new byte[] {0}, "something follows its payload"),
                change(f -> f.turn = -1, "it is the turn of partition -1 of 2"),
                change(f -> f.turn = 2, "it is the turn of partition 2 of 2"),
                change(f -> f.partitions.get(0)[2] = 0, "it is the turn of partition 0 of 2, which has nothing left"),
                change(f -> f.count = 3, "it says that it has 3 partitions, and has not"),
                change(f -> f.count = 1, "something follows its payload"),
                change(f -> f.count = -1, "it says that it has -1 partitions, and has not"),
                change(f -> f.count = Integer.MAX_VALUE, "it says that it has 2147483647 partitions, and has not"),
                change(f -> f.pageSize = 0, "its page size is 0"),
                change(f -> f.sliceSize = -5, "its slice size is -5"),
                change(f -> f.page = 0, "its page is 0"),
                change(f -> f.page = Long.MIN_VALUE, "its page is -9223372036854775808"),
                change(f -> f.sliceSize = 11, "slice size 11 is above page size 10"),
                change(f -> f.page = 9223372036854775801L, "page 9223372036854775801 leaves no numbers"),
                change(f -> f.partitions.get(0)[0] = -3, "there is no partition -3"),
                change(f -> f.partitions.get(1)[0] = 2147483648L, "there is no partition 2147483648"),
                change(f -> f.partitions.get(1)[0] = 0, "partition 0 stands twice"),
                change(f -> f.partitions.get(0)[0] = 4, "partition 3 stands after 4"),
                change(f -> f.partitions.get(1)[1] = -7, "partition 3 has 2 offsets from -7 on"),
                change(f -> f.partitions.get(1)[2] = -2, "partition 3 has -2 offsets from 7 on"),
                change(f -> f.partitions.get(1)[2] = Long.MAX_VALUE, "partition 3 has 9223372036854775807 offsets"),
                change(
                        f -> f.partitions.set(1, new long[] {3, 0, Long.MAX_VALUE}),
                        "its ranges add up to more offsets than a number holds"),
                change(f -> f.topic = utf8(".."), "'..' is not a topic name"),
                change(f -> f.topic = utf8("../etc"), "'../etc' is not a topic name"),
                change(f -> f.topic = utf8(""), "'' is not a topic name"),
                change(
                        f -> f.topic = utf8("a".repeat(250)),
                        "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...' is not a topic name"),
                change(f -> f.topic = utf8("a".repeat(1025)), "a text of it has 1025 bytes"),
                change(f -> f.cluster = utf8(""), "'' is not a cluster id"),
                change(f -> f.cluster = utf8("\u001b[2J"), "'?[2J' is not a cluster id"),
                change(f -> f.cluster = new byte[] {(byte) 0xff}, "is not how it is written"),
                change(f -> f.isolation = 2, "it has no isolation level 2"),
                change(f -> f.direction = -1, "it has no direction -1"));
    }

    private static Arguments change(Consumer<TokenTexts.Fields> change, String message) {
        return arguments(change, message);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void saysWhatIsWrongWithAField(Consumer<TokenTexts.Fields> change, String message) {
        assertRejected(TokenTexts.with(change), "page token is malformed: ");
        assertRejected(TokenTexts.with(change), message);
    }

    @Test
    void tellsAPayloadThatEndsEarlyAtEveryLength() {
        byte[] payload = TokenTexts.payload();
        for (int length = 0; length < payload.length; length++) {
            assertRejected(TokenTexts.ofBytes(Arrays.copyOf(payload, length)), "page token is malformed: ");
        }
    }

    @Test
    void refusesANumberThatIsLongerThanItNeedsToBe() {
        byte[] payload = TokenTexts.payload();
        byte[] longer = Arrays.copyOf(payload, payload.length + 1);
        longer[payload.length - 1] |= (byte) 0x80;

        assertRejected(TokenTexts.ofBytes(longer), "its payload is not how it is written");
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
