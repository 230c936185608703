package io.pagewalk.internal.http.query;

import static io.pagewalk.internal.http.query.Listings.read;
import static io.pagewalk.internal.http.query.Listings.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.http.record.PayloadChoices;
import io.pagewalk.internal.http.query.ListingQuery.Mode;
import io.pagewalk.listing.RecordFilter;
import io.pagewalk.model.Direction;
import io.pagewalk.model.ListingToken.Order;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request asks for. */
class QueryReaderTest {
    @ParameterizedTest
    @CsvSource({
        "page_size=0, 50",
        "page_size=1, 1",
        "page_size=10000, 10000",
        "page_size=10001, 10000",
        "page_size=9999999999999999999, 10000",
        "max_results=20, 20",
        "max_results=0, 50",
        "'', 50",
        "page_size=7&max_results=20, 7",
        "page=3, 50",
        "page=3&per_page=20, 20",
        "per_page=10001, 10000",
        "key=a, 50",
        "all=true&format=csv, 10000",
        "all=true&format=csv&page_size=70, 70"
    })
    void aPageHasAsManyRecordsAsAreAskedFor(String query, long size) {
        assertThat(read(query).pageSize()).isEqualTo(size);
    }

    @Test
    void aPageOfATokenIsAsLargeAsTheOneBeforeUnlessAskedOtherwise() {
        assertThat(read("page_token=" + token()).pageSize()).isEqualTo(7);
        assertThat(read("page_token=" + token() + "&page_size=0").pageSize()).isEqualTo(7);
        assertThat(read("page_token=" + token() + "&page_size=20").pageSize()).isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "page_size=-1 | page_size '-1' is not from 0",
                "page_size=abc | page_size 'abc' is not a whole number",
                "page_size= | page_size '' is not a whole number",
                "page_size=1&page_size=1 | 'page_size' stands twice",
                "max_results=-1 | max_results '-1' is not from 0",
                "page_size=5&max_results=x | max_results 'x' is not a whole number",
                "page=0 | page '0' is not from 1",
                "per_page=0 | per_page '0' is not from 1",
                "skip=-1&page_size=1 | skip '-1' is not from 0",
                "max_offsets=0&page_size=1 | max_offsets '0' is not from 1",
                "max_bytes=0 | max_bytes '0' is not from 1",
                "timeout=0 | timeout '0' is not from 1",
                "key=a&scan_size=0 | scan_size '0' is not from 1",
                "all=yes | all 'yes' is neither true nor false",
                "direction=up | direction 'up' is none of asc, desc",
                "direction=DESC | direction 'DESC' is none of",
                "order=offset | order 'offset' is none of rounds, time",
                "isolation_level=none | isolation_level 'none' is none of",
                "partitions=x | partitions: ",
                "from=never | from: ",
                "to=offset:-1 | to: ",
                "value_format=xml | 'xml' is none of auto, bytes, string, json",
                "value_format=avro | value_format avro: this server was started without a schema registry",
                "header_format=avro | 'avro' is none of auto, bytes, string, json"
            })
    void refusesWhatIsNotToBeRead(String query, String message) {
        assertThatThrownBy(() -> read(query))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pagesize=1", "page-size=1", "PAGE_SIZE=1", "limit=5", "cursor=x", "header=1", "json=1", "_=1"})
    void refusesWhatItDoesNotKnow(String query) {
        assertThatThrownBy(() -> read("page_size=5&" + query)).hasMessageStartingWith("there is no parameter '");
    }

    @ParameterizedTest
    @ValueSource(strings = {"page=2&seek=T", "seek=T&page=2", "page=2&page_token=T", "per_page=5&seek=T"})
    void aPageHasANumberOrAToken(String query) {
        assertThatThrownBy(() -> read(query.replace("T", token())))
                .hasMessage("page and page_token (seek) exclude each other");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"page=&seek=", "seek=&page=", "page=2&seek=", "seek=T&page=", "seek=", "page_token=x", "page="})
    void whatIsEmptyIsNotLeftOut(String query) {
        assertThatThrownBy(() -> read(query.replace("T", token()))).isInstanceOf(BadRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page_token=T&seek=T",
                "page=2&page_size=5",
                "per_page=5&page_size=5",
                "key=a&page_size=5",
                "key_prefix=a&page_size=5",
                "contains=a&page_size=5",
                "header.a=a&page_size=5",
                "json./a=a&page_size=5",
                "key=a&page=5",
                "scan_size=5",
                "scan_size=5&page_size=5",
                "order=time&page=2",
                "order=time&page_size=2&skip=2",
                "order=time&key=a",
                "skip=2",
                "skip=2&key=a",
                "skip=2&page=2",
                "max_offsets=2",
                "max_offsets=2&key=a",
                "max_offsets=2&page=2",
                "order=time&page_size=2&max_offsets=2",
                "all=true&page=2",
                "all=true&key=a",
                "all=true&page_size=5&format=json"
            })
    void refusesWhatExcludesEachOther(String query) {
        assertThatThrownBy(() -> read(query.replace("T", token()))).isInstanceOf(BadRequestException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "direction=asc | direction 'asc' | 'desc'",
                "order=time | order 'time' | 'rounds'",
                "isolation_level=read_uncommitted | isolation_level 'read_uncommitted' | 'read_committed'"
            })
    void namesBothValuesWhereATokenIsContradicted(String query, String given, String inToken) {
        assertThatThrownBy(() -> read("page_token=" + token() + "&" + query))
                .hasMessage(given + " contradicts the page token, which has " + inToken + "; leave it out");
    }

    @Test
    void repeatingWhatATokenHasContradictsNothing() {
        ListingQuery query =
                read("page_token=" + token() + "&direction=desc&order=rounds&isolation_level=read_committed");

        assertThat(query.spec().direction()).isEqualTo(Direction.DESC);
        assertThat(query.mode()).isEqualTo(Mode.WALK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"from=earliest", "to=latest", "partitions=0"})
    void refusesBesideATokenWhatIsOfTheFirstPage(String query) {
        assertThatThrownBy(() -> read("page_token=" + token() + "&" + query))
                .hasMessageContaining("is for the first page: the page token says what is left");
    }

    @Test
    void refusesTheTokenOfAnotherTopic() {
        String other = token("payments", Order.ROUNDS, RecordFilter.ALL);

        assertThatThrownBy(() -> read("page_token=" + other))
                .hasMessage(
                        "the topic of the path 'orders' contradicts the page token, which has 'payments'; leave it out");
    }

    @Test
    void aScanGoesOnWithItsOwnFilterAlone() {
        RecordFilter filter = Filters.of(Parameters.parse("key=a"), PayloadChoices.AUTO, Decoders.NONE, Duration.ZERO);
        String scan = token(Listings.TOPIC, Order.ROUNDS, filter);

        assertThat(read("key=a&page_token=" + scan).mode()).isEqualTo(Mode.SCAN);
        assertThatThrownBy(() -> read("key=b&page_token=" + scan)).hasMessageContaining("repeat the filter");
        assertThatThrownBy(() -> read("page_token=" + scan)).hasMessageContaining("the request has none");
        assertThatThrownBy(() -> read("key=a&page_token=" + token())).hasMessageContaining("without a filter");
    }

    @Test
    void lowersWhatIsMoreThanThereMayBe() {
        ListingQuery query = read("key=a&scan_size=99999999999&timeout=3600&max_bytes=999999999999");

        assertThat(query.limits().maxOffsets()).isEqualTo(10_000_000);
        assertThat(query.limits().deadline()).isEqualTo(Duration.ofSeconds(25));
        assertThat(query.limits().maxBytes()).isEqualTo(32 << 20);
        assertThat(read("page_size=5").limits().maxBytes()).isEqualTo(4 << 20);
        assertThat(read("page_size=5").limits().deadline()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void theNextQueryHasTheTokenAndNothingThatTheTokenHas() {
        ListingQuery query =
                read("value_format=json&from=earliest&to=offset%3A9&partitions=0&skip=4&page_size=5&direction=desc");

        assertThat(query.next(query(token()).token()))
                .isEqualTo("?value_format=json&page_size=5&direction=desc&page_token=" + token());
        assertThat(query("" + token()).next(query(token()).token())).isEqualTo("?page_token=" + token());
    }

    @Test
    void aPageOfAWalkCoversAsManyOffsetsAsAreAskedFor() {
        assertThat(read("page_size=5&max_offsets=3").limits().maxOffsets()).isEqualTo(3);
        assertThat(read("page_token=" + token() + "&max_offsets=3").limits().maxOffsets())
                .isEqualTo(3);
        assertThat(read("page_size=5").limits().maxOffsets()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theNextQueryOfANumberHasTheNextNumber() {
        ListingQuery query = read("page=4&per_page=5&direction=desc&ticket=1.x");

        assertThat(query.numbered(5)).isEqualTo("?per_page=5&direction=desc&page=5");
    }

    @Test
    void everyModeIsToldFromTheOthers() {
        assertThat(Stream.of("", "page_size=5", "page=1", "contains=", "all=true&format=csv")
                        .map(query -> read(query).mode()))
                .containsExactly(Mode.BOUNDED, Mode.WALK, Mode.NUMBERED, Mode.SCAN, Mode.WALK);
    }

    private static ListingQuery query(String token) {
        return read("seek=" + token);
    }
}
