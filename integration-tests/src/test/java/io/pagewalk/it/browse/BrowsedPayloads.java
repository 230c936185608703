package io.pagewalk.it.browse;

import static io.pagewalk.it.fixture.Records.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.LongCases;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.JavascriptException;

/** Records are shown as they are, whatever is in them, and nothing of them is done. */
abstract class BrowsedPayloads {
    private static final String MARKUP =
            "<img src=x onerror=\"window.owned=1\"><script>window.owned=1</script><b>bold</b>";
    private static final String TURNED = "invoice\u202Efdp.exe\u202C";
    private static final String HIDDEN = TURNED + "\u0000end\u0007";

    private static Serving serving;
    private static Records records;

    @BeforeAll
    static void fill() {
        serving = BrowseIT.serving();
        records = Records.into(
                Broker.topic("browse-payloads", 1, Map.of("max.message.bytes", "8000000")),
                Map.of("max.request.size", 8_000_000, "buffer.memory", 64_000_000L));
        records.send(0, utf8(MARKUP), utf8(MARKUP), header(MARKUP, utf8(MARKUP)), header(TURNED, utf8(TURNED)));
        records.send(0, utf8(HIDDEN), utf8(HIDDEN));
        records.send(
                0,
                utf8("json"),
                utf8("{\"" + MARKUP.replace("\"", "\\\"") + "\":[\"\\u202e<i>x</i>\",{\"__proto__\":1}]}"));
        records.send(0, utf8("numbers"), utf8("{\"id\":9007199254740993,\"price\":1.10,\"large\":1e400,\"none\":-0}"));
        records.send(0, utf8("tombstone"), null);
        records.send(0, utf8("null"), utf8("null"));
        records.send(0, utf8("empty"), new byte[0]);
        records.send(0, null, new byte[] {(byte) 0xff, 0, 1, 'A'}, header("none", null));
        records.send(0, utf8("long"), utf8("x".repeat(2_000_000)));
        records.send(0, utf8("longer"), utf8("y".repeat(5_000_000)));
        records.send(0, utf8("deep"), utf8("[".repeat(400) + "]".repeat(400)));
        records.flush();
    }

    @AfterAll
    static void stop() {
        records.close();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    /** The page with one of the records beside the list. */
    private static Tab opened(int offset) {
        Tab tab = BrowseIT.tab();
        tab.open(serving, "?topic=" + records.topic() + "&record=0:" + offset).untilListed();
        return tab.untilText(".detail h2", "partition 0, offset " + offset);
    }

    private static void assertNothingWasMadeOfIt(Tab tab) {
        assertThat(tab.count("#app img, #app script, #app b, #app i, #app iframe"))
                .isZero();
        assertThat(tab.value("window.owned === undefined")).isEqualTo(true);
        assertThat((Boolean) tab.value("/[\\u0000-\\u0008\\u202a-\\u202e]/.test(document.body.textContent)"))
                .isFalse();
    }

    @Test
    void markupIsText() {
        try (Tab tab = opened(0)) {
            assertThat(tab.texts(".detail pre")).containsExactly(MARKUP, MARKUP, MARKUP, "invoiceU+202Efdp.exeU+202C");
            assertThat(tab.texts(".detail th")).containsExactly(MARKUP, "invoiceU+202Efdp.exeU+202C");
            assertThat(tab.texts(".list .value")).contains(MARKUP);
            assertNothingWasMadeOfIt(tab);
        }
    }

    @Test
    void whatIsHiddenIsShownBySigns() {
        try (Records hidden = Records.into(Broker.topic("browse-hidden", 1));
                Tab tab = BrowseIT.tab()) {
            hidden.send(0, utf8(HIDDEN), utf8(HIDDEN)).flush();
            tab.open(serving, "?topic=" + hidden.topic() + "&record=0:0&key_format=string&value_format=string")
                    .untilListed()
                    .untilThere(".detail .sign");

            assertThat(tab.texts(".detail .sign"))
                    .containsExactly("U+202E", "U+202C", "\u2400", "\u2407", "U+202E", "U+202C", "\u2400", "\u2407");
            assertThat(tab.texts(".list .key")).containsExactly("invoiceU+202Efdp.exeU+202C\u2400end\u2407");
            assertNothingWasMadeOfIt(tab);
        }
    }

    @Test
    void jsonIsShownOverLinesAndIsTextAsWell() {
        try (Tab tab = opened(2)) {
            assertThat(tab.text(".detail pre"))
                    .isEqualTo("{\n  \"" + MARKUP.replace("\"", "\\\"") + "\": [\n    \"\\u202e<i>x</i>\",\n    {\n"
                            + "      \"__proto__\": 1\n    }\n  ]\n}");
            assertNothingWasMadeOfIt(tab);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"topic=", "contains=", "record="})
    @LongCases({"json./a=", "page_token=", "at=", "partitions="})
    void whatAnAddressHasIsTextAsWell(String parameter) {
        try (Tab tab = BrowseIT.tab()) {
            tab.expects(400).expects(404);
            String topic = parameter.startsWith("topic") ? "" : "topic=" + records.topic() + "&";
            tab.open(serving, "?" + topic + parameter + URLEncoder.encode(MARKUP, UTF_8));

            tab.untilThere(".foot")
                    .until("document.querySelector('[role=alert], .said:not(:empty), .filter, .row .place')");
            assertNothingWasMadeOfIt(tab);
        }
    }

    @Test
    void thePolicyForbidsMarkupThatIsMadeOfTexts() {
        Tab tab = opened(0);
        assertThatThrownBy(() -> tab.value("document.body.innerHTML = '<b>x</b>'"))
                .isInstanceOf(JavascriptException.class)
                .hasMessageContaining("TrustedHTML");
        assertThat(tab.complaints()).singleElement().asString().contains("TrustedHTML");
        tab.close();
    }

    @Test
    void numbersKeepTheirDigits() {
        try (Tab tab = opened(3)) {
            assertThat(tab.text(".detail pre"))
                    .isEqualTo(
                            "{\n  \"id\": 9007199254740993,\n  \"price\": 1.10,\n  \"large\": 1e400,\n  \"none\": -0\n}");
            assertThat(tab.texts(".list .value"))
                    .contains("{\"id\":9007199254740993,\"price\":1.10,\"large\":1e400,\"none\":-0}");
        }
    }

    @Test
    void aTombstoneIsNoJsonNullAndNotEmpty() {
        try (Tab tab = opened(4)) {
            assertThat(tab.text(".detail")).contains("null: a tombstone");
            tab.until("document.querySelectorAll('.list .value.nothing').length === 2");
            assertThat(tab.texts(".list .value.nothing")).containsExactly("empty", "tombstone");
        }
        try (Records nulls = Records.into(Broker.topic("browse-nulls", 1));
                Tab tab = BrowseIT.tab()) {
            nulls.send(0, utf8("null"), utf8("null"))
                    .send(0, utf8("none"), null)
                    .flush();
            tab.open(serving, "?topic=" + nulls.topic() + "&record=0:0&value_format=json")
                    .untilListed();

            tab.untilText(".detail", "JSON null, not a tombstone");
            tab.until("document.querySelectorAll('.list .value.nothing').length === 2");
            assertThat(tab.texts(".list .value.nothing")).containsExactly("tombstone", "JSON null");
        }
    }

    @Test
    @LongTest
    void bytesAreShownInHex() {
        try (Tab tab = opened(7)) {
            assertThat(tab.text(".detail")).contains("null").contains("bytes");
            tab.clickButton("hex").untilText(".detail .hex", "00000000  ff 00 01 41");
            assertThat(tab.text(".detail .hex")).endsWith("...A");
            assertNothingWasMadeOfIt(tab);
        }
    }

    @Test
    void aLongLineIsCutAndItsSizeTold() {
        try (Tab tab = opened(8)) {
            assertThat((Long) tab.value("document.querySelector('.detail pre').textContent.length"))
                    .isLessThan(600_000);
            assertThat(tab.text(".detail")).contains("1,475,712 characters more: download it");
        }
        try (Tab tab = opened(9)) {
            assertThat(tab.text(".detail")).contains("4.8 MiB").contains("only the first bytes are here");
            assertThat((Long) tab.value("document.querySelector('#app').textContent.length"))
                    .isLessThan(100_000);
        }
    }

    @Test
    @LongTest
    void whatIsNestedDeeplyDoesNotEndThePage() {
        try (Tab tab = opened(10)) {
            assertThat(tab.text(".detail pre")).startsWith("[\n  [\n    [").hasSizeGreaterThan(100_000);
            assertThat(tab.places())
                    .isEqualTo(List.of("0:10", "0:9", "0:8", "0:7", "0:6", "0:5", "0:4", "0:3", "0:2", "0:1", "0:0"));
        }
    }

    @Test
    @LongTest
    void aPayloadIsDownloadedByATicketThatHasNoSecret() {
        try (Tab tab = opened(0)) {
            tab.value("HTMLAnchorElement.prototype.click = function() { window.followed = this.href; }");
            tab.value(
                    "[...document.querySelectorAll('.detail button')].find(each => each.textContent === 'download').click()");
            tab.until("window.followed");
            assertThat(String.valueOf(tab.value("window.followed")))
                    .startsWith(serving.url() + "api/v1/topics/")
                    .contains("/0/0/value?", "ticket=")
                    .doesNotContain(Serving.SECRET);
        }
    }
}
