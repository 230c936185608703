package io.pagewalk.internal.http.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.http.record.PayloadChoices;
import io.pagewalk.listing.RecordFilter;
import io.pagewalk.payload.PayloadChoice;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import io.pagewalk.schema.DecodedPayload;
import io.pagewalk.schema.PayloadDecoder;
import io.pagewalk.schema.PayloadSchema;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which records a filter lists. */
class FiltersTest {
    private static final Duration TIME = Duration.ofSeconds(1);

    @ParameterizedTest
    @CsvSource({
        "key=ab, true",
        "key=a, false",
        "key=abc, false",
        "key=, false",
        "key=AB, false",
        "key_prefix=a, true",
        "key_prefix=ab, true",
        "key_prefix=abc, false",
        "key_prefix=, true",
        "key_prefix=b, false"
    })
    void comparesKeysAsBytes(String query, boolean matches) {
        assertThat(filter(query).matches(record("ab", null))).isEqualTo(matches);
    }

    @Test
    void aKeyThatIsNullIsNoText() {
        RecordView record = record(null, null);

        assertThat(filter("key=").matches(record)).isFalse();
        assertThat(filter("key_prefix=").matches(record)).isFalse();
        assertThat(filter("key=").matches(record("", null))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "contains=one, true",
        "contains=three, true",
        "contains=e+t, true",
        "contains=one+two+three, true",
        "contains=one+two+threee, false",
        "contains=, true",
        "contains=Two, false",
        "contains=X, false"
    })
    void looksForATextAnywhereInAValue(String query, boolean matches) {
        assertThat(filter(query).matches(record(null, "one two three"))).isEqualTo(matches);
        assertThat(filter(query).matches(record("one two three", null))).isFalse();
    }

    /** Records are views on a part of an array; what is around them is of others. */
    @Test
    void looksAtTheBytesOfTheRecordAlone() {
        byte[] around = "xxabxx".getBytes(UTF_8);
        RecordView record = new ReusableRecord()
                .begin("orders", 0, 0, 0, TimestampType.CREATE_TIME)
                .key(around, 2, 2)
                .value(around, 2, 2)
                .view();

        assertThat(filter("key=ab&contains=ab&key_prefix=ab").matches(record)).isTrue();
        assertThat(filter("contains=x").matches(record)).isFalse();
        assertThat(filter("key_prefix=abx").matches(record)).isFalse();
    }

    @Test
    void oneOfSeveralHeadersOfANameIsEnough() {
        RecordView record = new ReusableRecord()
                .begin("orders", 0, 0, 0, TimestampType.CREATE_TIME)
                .header("trace".getBytes(UTF_8), "1".getBytes(UTF_8))
                .header("trace".getBytes(UTF_8), "2".getBytes(UTF_8))
                .header("none".getBytes(UTF_8), null)
                .view();

        assertThat(filter("header.trace=2").matches(record)).isTrue();
        assertThat(filter("header.trace=3").matches(record)).isFalse();
        assertThat(filter("header.Trace=2").matches(record)).isFalse();
        assertThat(filter("header.none=").matches(record)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/id | 9007199254740993 | true",
                "/id | 9007199254740992 | false",
                "/id | 9007199254740993.0 | false",
                "/price | 1.50 | true",
                "/price | 1.5 | false",
                "/name | ü \"x\" | true",
                "/open | true | true",
                "/gone | null | true",
                "/nothing | null | false",
                "/text | null | true",
                "/a/b/1 | 8 | true",
                "/a/b/2 | 9 | false",
                "/a | 7 | false",
                "/a/b | 7 | false",
                "/x~1y | 1 | true",
                "/m~0n | 2 | true",
                "/ | 3 | true"
            })
    void comparesWhereAPointerPoints(String pointer, String text, boolean matches) {
        String json =
                "{\"id\": 9007199254740993, \"price\":1.50,\"name\":\"\\u00fc \\\"x\\\"\",\"open\":true,\"gone\":null,"
                        + "\"text\":\"null\", \"a\":{\"b\":[7,8]}, \"x/y\":1, \"m~n\":2, \"\":3}";

        assertThat(filter(query("json." + pointer, text)).matches(record(null, json)))
                .isEqualTo(matches);
    }

    @Test
    void anEmptyPointerPointsToTheWholeValue() {
        assertThat(filter("json.=12").matches(record(null, "12"))).isTrue();
        assertThat(filter("json.=12").matches(record(null, "[12]"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "{\"a\":1} and more",
                "{\"a\":1,",
                "{\"a\"",
                "{\"a\":",
                "\u0000",
                "{\"b\":1}",
                "[1]",
                "\"a\""
            })
    void whatIsNotJsonOrHasNoSuchPlaceIsNotListed(String value) {
        assertThat(filter("json./a=1").matches(record(null, value))).isFalse();
        assertThat(filter("json./a=1").matches(record(null, null))).isFalse();
    }

    @Test
    void aValueThatIsNestedTooDeeplyIsNotListed() {
        String deep = "{\"b\":" + "[".repeat(100_000) + "]".repeat(100_000) + ",\"a\":1}";

        assertThat(filter("json./a=1").matches(record(null, deep))).isFalse();
    }

    @Test
    void refusesAPointerThatIsNone() {
        assertThatThrownBy(() -> filter("json.a=1")).hasMessage("json.'a' is not a JSON pointer, such as json./a/b");
    }

    @Test
    void allConditionsHaveToHold() {
        String all = "key=k&contains=1&json./a=1";

        assertThat(filter(all).matches(record("k", "{\"a\":1}"))).isTrue();
        assertThat(filter(all).matches(record("l", "{\"a\":1}"))).isFalse();
        assertThat(filter(all).matches(record("k", "{\"a\":2}"))).isFalse();
    }

    @Test
    void withoutAConditionEverythingIsListed() {
        assertThat(filter("page_size=1")).isSameAs(RecordFilter.ALL);
    }

    @Test
    void aDigestIsOfTheConditionsInAnyOrder() {
        assertThat(filter("key=a&header.x=1&header.y=2").digest())
                .isEqualTo(filter("header.y=2&page_size=5&header.x=1&key=%61").digest());
    }

    @Test
    void otherConditionsHaveAnotherDigest() {
        assertThat(Stream.of(
                                "key=a",
                                "key=b",
                                "key_prefix=a",
                                "contains=a",
                                "header.key=a",
                                "json./key=a",
                                "header.a=b&header.c=d",
                                "header.a=d&header.c=b",
                                "header.ab=",
                                "header.a=b",
                                "header.=ab")
                        .map(query -> filter(query).digest())
                        .collect(Collectors.toSet()))
                .hasSize(11)
                .doesNotContain(0L);
    }

    @ParameterizedTest
    @CsvSource({
        "key=ab, true",
        "key=a, false",
        "key_prefix=a, true",
        "contains=%229007199254740993%22, false",
        "contains=9007199254740993, true",
        "contains=raw, true",
        "json./id=9007199254740993, true",
        "json./id=9007199254740992, false"
    })
    void looksAtWhatPayloadsAreByTheirSchemas(String query, boolean matches) {
        PayloadDecoder decoder = decoder("\"ab\"", "{\"id\":9007199254740993}");
        RecordFilter filter = Filters.of(
                Parameters.parse(query), PayloadChoices.AUTO, new Decoders(true, "", decoding -> decoder), TIME);

        assertThat(filter.matches(record("\0key", "\0raw"))).isEqualTo(matches);
    }

    @Test
    void whatCouldNotBeReadIsLookedAtAsBytes() {
        RecordFilter filter = Filters.of(
                Parameters.parse("key=k&json./a=1"),
                PayloadChoices.AUTO,
                new Decoders(true, "", decoding -> decoder(null, null)),
                TIME);

        assertThat(filter.matches(record("k", "{\"a\":1}"))).isTrue();
    }

    @Test
    void aDigestIsOfHowPayloadsAreReadToo() {
        Decoders decoders = new Decoders(true, "", decoding -> PayloadDecoder.NONE);
        PayloadChoices avro =
                new PayloadChoices(PayloadChoice.AUTO, PayloadChoice.parseAny("avro"), PayloadChoice.AUTO);
        Parameters key = Parameters.parse("key=a");

        assertThat(Stream.of(
                                filter("key=a"),
                                Filters.of(key, PayloadChoices.AUTO, decoders, TIME),
                                Filters.of(key, avro, decoders, TIME))
                        .map(RecordFilter::digest)
                        .collect(Collectors.toSet()))
                .hasSize(3);
    }

    private static PayloadDecoder decoder(@Nullable String key, @Nullable String value) {
        return new PayloadDecoder() {
            @Override
            public DecodedPayload key(RecordView record) {
                return decoded(key);
            }

            @Override
            public DecodedPayload value(RecordView record) {
                return decoded(value);
            }

            @Override
            public boolean mayChange() {
                return false;
            }
        };
    }

    private static DecodedPayload decoded(@Nullable String json) {
        return new DecodedPayload(
                new PayloadSchema("1", "avro", null),
                json == null ? null : ByteView.of(json.getBytes(UTF_8)),
                json == null ? "the schema cannot be used" : "",
                "");
    }

    private static String query(String name, String value) {
        return URLEncoder.encode(name, UTF_8) + "=" + URLEncoder.encode(value, UTF_8);
    }

    private static RecordFilter filter(String query) {
        return Filters.of(Parameters.parse(query), PayloadChoices.AUTO, Decoders.NONE, Duration.ZERO);
    }

    private static RecordView record(@Nullable String key, @Nullable String value) {
        return new ReusableRecord()
                .begin("orders", 0, 0, 0, TimestampType.CREATE_TIME)
                .key(key == null ? null : key.getBytes(UTF_8))
                .value(value == null ? null : value.getBytes(UTF_8))
                .view();
    }
}
