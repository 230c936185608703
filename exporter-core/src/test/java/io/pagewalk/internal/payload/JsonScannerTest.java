package io.pagewalk.internal.payload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {
    private static final JsonFactory JACKSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonScanner.MAX_DEPTH)
                    .build())
            .build();
    private static final ObjectMapper TREES =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "0",
                "-0",
                "-0.0",
                "1",
                "-1",
                "10",
                "0.1",
                "1.5e3",
                "1E5",
                "1e+5",
                "1e-5",
                "0e0",
                "1e9999",
                "123456789012345678901234567890",
                "true",
                "false",
                "null",
                "\"\"",
                "\"a\"",
                " 1",
                "1 ",
                "\t\r\n 1 \n",
                "[1]",
                "[1,2]",
                "[ 1 , 2 ]",
                "[[],[]]",
                "[{}]",
                "{\"a\":1}",
                "{\"a\":1,\"a\":2}",
                "{\"\":0}",
                "{ \"a\" : [ ] , \"b\" : { } }",
                "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
                "\"\\u0000\\uFFFF\\uabCD\"",
                "\"\\ud800\\udc00\"",
                "\"\\uDBFF\\uDFFF\"",
                "\"\\uD7FF\\uE000\"",
                "\"é€😀\u2028\u2029\"",
                "\"\u007F\"",
                "[null,true,false]",
                "{\"a\":{\"b\":{\"c\":[0]}}}",
                "[\n]",
                "{\n}",
                "\"12345678\"",
                "\"1234567\\n1234567é\""
            })
    void acceptsWhatTheGrammarAllows(String text) {
        assertThat(JsonScanner.isValid(text.getBytes(UTF_8))).isTrue();
        assertThat(jacksonAccepts(text.getBytes(UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n",
                "{",
                "}",
                "[",
                "]",
                "{]",
                "[}",
                "[1,]",
                "[,1]",
                "[,]",
                "[1 2]",
                "[1}",
                "{\"a\":1]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "{\"a\"::1}",
                "{a:1}",
                "{1:1}",
                "{'a':1}",
                "{\"a\":1,2}",
                "{null:1}",
                "{[]:1}",
                "[\"a\":1]",
                "[1:2]",
                "1 2",
                "1,2",
                "{}{}",
                "[][]",
                "{}]",
                "[]}",
                "1]",
                ",",
                ":",
                "\"a\":1",
                "01",
                "-01",
                "-",
                "+1",
                ".5",
                "1.",
                "1.e5",
                "1e",
                "1e+",
                "1E-",
                "0x10",
                "1_000",
                "--1",
                "1-1",
                "Infinity",
                "-Infinity",
                "NaN",
                "nul",
                "nulll",
                "null1",
                "tru",
                "truee",
                "fals",
                "TRUE",
                "True",
                "undefined",
                "\"",
                "\"a",
                "a\"",
                "'a'",
                "\"\\\"",
                "\"\\",
                "\"\\a\"",
                "\"\\x41\"",
                "\"\\0\"",
                "\"\\u\"",
                "\"\\u12\"",
                "\"\\u123\"",
                "\"\\u123g\"",
                "\"\\U0041\"",
                "\"\\u 041\"",
                "\"\\u-041\"",
                "\"a\nb\"",
                "\"a\tb\"",
                "\"a\rb\"",
                "\"\u0000\"",
                "\"\u001F\"",
                "\"0123456\u001F0123456\"",
                "\u0000",
                "1\u0000",
                "\u000B1",
                "\f1",
                "\u00A01",
                "1\u0085",
                "\u20281",
                "\uFEFF1",
                "\uFEFF{}",
                "{}\uFEFF",
                "/**/1",
                "1//",
                "1/**/",
                "#1",
                "[1,,2]",
                "[1;2]",
                "{\"a\":1;}",
                "[\"a\",\n4\n,1,",
                "{\"a\":\"b\"",
                "[\"a\"",
                "\"\\ud83d\\u\"",
                "\"\\ud800\"",
                "\"\\udc00\"",
                "\"\\udbff \"",
                "\"\\udc00\\ud800\"",
                "\"\\ud800\\ud800\"",
                "\"\\ud800\\ue000\"",
                "\"\\ud800\\n\"",
                "\"\\ud800udc00\"",
                "{\"\\udfff\":1}",
                "\"\"\"",
                "\"a\"\"b\"",
                "[\"a\" \"b\"]"
            })
    void refusesWhatTheGrammarDoesNot(String text) {
        assertThat(JsonScanner.isValid(text.getBytes(UTF_8))).isFalse();
        assertThat(jacksonAccepts(text.getBytes(UTF_8))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "c3",
                "c080",
                "c0af",
                "e0809f",
                "eda080",
                "edb080",
                "f4908080",
                "f0808080",
                "ff",
                "fe",
                "e282",
                "f09f98",
                "c3c3a9"
            })
    void refusesStringsThatAreNotUtf8(String hex) {
        String bytes = new String(HexFormat.of().parseHex(hex), ISO_8859_1);
        for (String text :
                new String[] {"\"%s\"", "\"0123456789%s\"", "\"%s0123456789\"", "{\"%s\":1}", "%s", "[1%s]"}) {
            byte[] json = text.formatted(bytes).getBytes(ISO_8859_1);

            assertThat(JsonScanner.isValid(json)).as(text).isFalse();
        }
    }

    @Test
    void refusesOtherEncodings() {
        assertThat(JsonScanner.isValid("{\"a\":1}".getBytes(UTF_16LE))).isFalse();
        assertThat(JsonScanner.isValid("\"é\"".getBytes(ISO_8859_1))).isFalse();
    }

    @Test
    void boundsTheDepthOfNesting() {
        for (int depth : new int[] {1, 63, 64, 65, 127, 128, 129, 511, 512}) {
            byte[] arrays = ("[".repeat(depth) + "]".repeat(depth)).getBytes(UTF_8);
            byte[] mixed = ("{\"a\":[".repeat(depth / 2) + "1" + "],\"b\":{}}".repeat(depth / 2)).getBytes(UTF_8);

            assertThat(JsonScanner.isValid(arrays)).as("arrays %d deep", depth).isTrue();
            assertThat(JsonScanner.isValid(mixed)).as("objects %d deep", depth).isTrue();
        }
        assertThat(JsonScanner.isValid(("[".repeat(513) + "]".repeat(513)).getBytes(UTF_8)))
                .isFalse();
        assertThat(JsonScanner.isValid("[".repeat(5_000_000).getBytes(UTF_8))).isFalse();
    }

    /** What it takes, readers with Jackson's default limits take, too. */
    @Test
    void boundsTheDigitsOfNumbersAndTheLengthOfNames() throws IOException {
        String digits = "1".repeat(1000);
        for (String text : new String[] {
            digits,
            "-" + digits,
            "1." + "1".repeat(999),
            "-1.5e-" + "0".repeat(998),
            "[{\"a\":" + digits + "}]",
            "{\"" + "n".repeat(50_000) + "\":1}",
            "{\"" + "é".repeat(25_000) + "\":1}",
            "\"" + "s".repeat(100_000) + "\""
        }) {
            assertThat(JsonScanner.isValid(text.getBytes(UTF_8))).as(text).isTrue();
            TREES.readTree(text.getBytes(UTF_8));
        }
        for (String text : new String[] {
            digits + "1",
            "-1." + digits,
            "1.5e" + "0".repeat(999),
            "[{\"a\":" + digits + "1}]",
            "{\"" + "n".repeat(50_001) + "\":1}",
            "[{\"a\":1,\"" + "é".repeat(25_001) + "\":1}]"
        }) {
            assertThat(JsonScanner.isValid(text.getBytes(UTF_8))).as(text).isFalse();
        }
    }

    @Test
    void remembersWhatIsOpenAtAnyDepth() {
        long seed = 7;
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            StringBuilder open = new StringBuilder();
            StringBuilder closed = new StringBuilder();
            for (int depth = 1 + random.nextInt(400); depth > 0; depth--) {
                boolean object = random.nextBoolean();
                open.append(object ? "{\"a\":" : "[");
                closed.insert(0, object ? ",\"b\":0}" : ",0]");
            }
            byte[] text = (open + "0" + closed).getBytes(UTF_8);
            int wrong = open.length() + 1 + closed.toString().indexOf('}');
            byte[] broken = text.clone();
            if (closed.indexOf("}") >= 0) {
                broken[wrong] = ']';
            } else {
                broken[broken.length - 1] = '}';
            }

            assertThat(JsonScanner.isValid(text))
                    .as("seed %d round %d", seed, round)
                    .isTrue();
            assertThat(JsonScanner.isValid(broken))
                    .as("seed %d round %d", seed, round)
                    .isFalse();
        }
    }

    @Test
    void agreesWithJacksonOnRandomTexts() throws IOException {
        long seed = 20260118;
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            String text = RandomJson.text(random);
            byte[] json = text.getBytes(UTF_8);

            int lineBreaks = lineBreaks(json);

            assertThat(lineBreaks).as("seed %d: %s", seed, text).isEqualTo((int)
                    text.chars().filter(c -> c == '\n' || c == '\r').count());
            assertThat(tree(withoutLineBreaks(json)))
                    .as("seed %d: %s", seed, text)
                    .isEqualTo(tree(json));
        }
    }

    @Test
    void agreesWithJacksonOnDamagedTexts() {
        long seed = 20260119;
        Random random = new Random(seed);
        int accepted = 0;
        int rounds = 60_000;
        for (int round = 0; round < rounds; round++) {
            byte[] text = damaged(RandomJson.text(random).getBytes(UTF_8), random);

            boolean valid = JsonScanner.isValid(text);

            accepted += valid ? 1 : 0;
            if (valid != jacksonAccepts(text)) {
                assertThat(valid)
                        .as("seed %d: %s", seed, new String(text, ISO_8859_1))
                        .isEqualTo(jacksonAccepts(text));
            }
        }
        assertThat(accepted).as("accepted").isBetween(rounds / 20, rounds * 19 / 20);
    }

    @Test
    void scansTheGivenRangeOnly() {
        byte[] text = "xx{\"a\": 1}\nyy".getBytes(UTF_8);

        assertThat(JsonScanner.lineBreaks(text, 2, 10, 1)).isZero();
        assertThat(JsonScanner.lineBreaks(text, 2, 11, 1)).isEqualTo(1);
        assertThat(JsonScanner.lineBreaks(text, 2, 9, 1)).isEqualTo(JsonScanner.INVALID);
        assertThat(JsonScanner.lineBreaks(text, 2, 12, 1)).isEqualTo(JsonScanner.INVALID);
        assertThat(JsonScanner.lineBreaks(text, 2, 10, 0)).isEqualTo(JsonScanner.INVALID);
    }

    @Test
    void neverReadsBehindTheRange() {
        byte[] text = "[\"a\\u0041\",true,false,null,-12.5e+7,\"é€😀\"]".getBytes(UTF_8);
        for (int to = 0; to < text.length; to++) {
            assertThat(JsonScanner.lineBreaks(text, 0, to, 9))
                    .as("until %d", to)
                    .isEqualTo(JsonScanner.INVALID);
            assertThat(JsonScanner.isValid(Arrays.copyOf(text, to)))
                    .as("until %d", to)
                    .isFalse();
        }
        assertThat(JsonScanner.isValid(text)).isTrue();
    }

    @Test
    void tellsTheNullLiteral() {
        assertThat(isNull("null")).isTrue();
        assertThat(isNull(" \n\r\tnull\n")).isTrue();
        assertThat(isNull("\"null\"")).isFalse();
        assertThat(isNull("[null]")).isFalse();
        assertThat(JsonScanner.isNull("[ null ]".getBytes(UTF_8), 1, 7)).isTrue();
        assertThat(JsonScanner.isNull("1null".getBytes(UTF_8), 0, 1)).isFalse();
    }

    private static int lineBreaks(byte[] text) {
        return JsonScanner.lineBreaks(text, 0, text.length, JsonScanner.MAX_DEPTH);
    }

    private static boolean isNull(String text) {
        return JsonScanner.isNull(text.getBytes(UTF_8), 0, text.length());
    }

    @Test
    void findsTheNextByteToEscape() {
        for (int special : new int[] {'"', '\\', 0, '\n', 0x1F}) {
            for (int at = 0; at < 30; at++) {
                byte[] text = "é€😀 \u007F!#[]^_abcdefghijk".getBytes(UTF_8);
                text[at % text.length] = (byte) special;

                assertThat(JsonScanner.nextEscape(text, 0, text.length)).isEqualTo(at % text.length);
                assertThat(JsonScanner.nextEscape(text, at % text.length + 1, text.length))
                        .isEqualTo(text.length);
                assertThat(JsonScanner.nextEscape(text, 0, at % text.length)).isEqualTo(at % text.length);
            }
        }
    }

    @Test
    void allocatesNothing() {
        byte[] text = "{\"id\": 17, \"name\": \"é €\\n\", \"tags\": [true, null, -1.5e3], \"x\": {\"y\": []}}\n"
                .getBytes(UTF_8);
        var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long count = 0;
        for (int i = 0; i < 1_000; i++) {
            count += lineBreaks(text);
        }

        long before = thread.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            count += lineBreaks(text);
        }
        long allocated = thread.getCurrentThreadAllocatedBytes() - before;

        assertThat(count).isEqualTo(11_000);
        assertThat(allocated).isLessThan(10_000);
    }

    private static byte[] damaged(byte[] text, Random random) {
        byte[] interesting = "{}[]\",:0123456789-+.eE \n\r\t\\/utfnlrbas\0\u001F\u007F".getBytes(UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int damages = random.nextInt(3);
        int at = 0;
        for (; damages > 0 && text.length > 0; damages--) {
            int until = at + random.nextInt(text.length - at + 1);
            out.write(text, at, until - at);
            at = until;
            switch (random.nextInt(5)) {
                case 0 -> at = Math.min(text.length, at + 1);
                case 1 -> out.write(random.nextInt(256));
                case 2 -> at = Math.min(text.length, at + random.nextInt(10));
                default -> out.write(interesting[random.nextInt(interesting.length)]);
            }
        }
        out.write(text, at, text.length - at);
        return out.toByteArray();
    }

    private static byte[] withoutLineBreaks(byte[] json) {
        return new String(json, ISO_8859_1).replaceAll("[\n\r]", "").getBytes(ISO_8859_1);
    }

    private static JsonNode tree(byte[] json) throws IOException {
        return TREES.readTree(json);
    }

    private static boolean jacksonAccepts(byte[] text) {
        String decoded;
        try {
            decoded = UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
        } catch (CharacterCodingException e) {
            return false;
        }
        try (JsonParser parser = JACKSON.createParser(decoded)) {
            int texts = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                boolean string = token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME;
                if (string && !UTF_8.newEncoder().canEncode(parser.getText())) {
                    return false;
                }
                texts += parser.getParsingContext().inRoot() ? 1 : 0;
            }
            return texts == 1;
        } catch (IOException e) {
            return false;
        }
    }
}
