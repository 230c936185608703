package io.pagewalk.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.error.UsageException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is given for a token: it is one, or a {@link UsageException} says why it is of no use, at a bounded cost. */
@Timeout(120)
class PageTokenFuzzTest {
    private static final int ROUNDS = 8_000;
    private static final String PIECES = "{}[]\",:.-+eE0123456789\\/ \t\0\u001b=_AZaz\u00e9\ud83d\ude00\ud800";

    @Test
    void standsMutatedTexts() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            String token = RandomExtents.firstToken(random).encode();
            parse(seed, mutated(random, token));
        }
    }

    @Test
    void standsMutatedPayloadsWithTheRightChecksum() {
        int accepted = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            accepted += parse(seed, TokenTexts.ofJson(mutated(random, TokenTexts.JSON))) ? 1 : 0;
        }
        assertThat(accepted).as("some mutations change a number only").isPositive();
    }

    @Test
    void standsRandomTexts() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            String noise = noise(random, random.nextInt(200));
            parse(seed, noise);
            parse(seed, TokenTexts.sealed("pw1." + noise));
            parse(seed, TokenTexts.ofJson(noise));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 1_000_000})
    void standsHostilePayloads(int size) {
        String[] hostile = {
            "[".repeat(size),
            "{\"partitions\":" + "[".repeat(size),
            "{\"partitions\":[" + "[0,0,0],".repeat(size / 8),
            "{\"partitions\":[" + "[],".repeat(size / 3),
            "{\"page\":" + "9".repeat(size) + "}",
            "{\"page\":-" + "0".repeat(size) + "}",
            "{\"page\":1e" + "9".repeat(size) + "}",
            "{\"partitions\":[[" + "9".repeat(size) + "]]}",
            "{\"cluster\":\"" + "x".repeat(size) + "\"}",
            "{\"topic\":\"" + "\\u0000".repeat(size / 6) + "\"}",
            "{\"" + "x".repeat(size) + "\":1}",
            "{\"topic\":\"" + "x".repeat(size),
            " ".repeat(size) + "{}",
            TokenTexts.JSON + " ".repeat(size) + "{",
        };
        for (String json : hostile) {
            String text = TokenTexts.ofJson(json);

            assertThat(parse(size, text)).as(json.substring(0, 40)).isFalse();
            assertThat(Allocation.of(() -> parseInVain(text)))
                    .as(json.substring(0, 40))
                    .isLessThan(10L * text.length() + (1 << 18));
        }
    }

    private static void parseInVain(String text) {
        try {
            throw new AssertionError(PageToken.parse(text));
        } catch (UsageException e) {
            // As it should be.
        }
    }

    /** Whether it is a token; then it also goes on. */
    private static boolean parse(int seed, String text) {
        try {
            PageToken token = PageToken.parse(text);
            assertThat(PageToken.parse(token.encode())).as("seed %d", seed).isEqualTo(token);
            if (!token.isExhausted()) {
                assertThat(Paginator.plan(token).next().remaining()).isLessThan(token.remaining());
            }
            return true;
        } catch (UsageException e) {
            assertThat(e.getMessage()).as("seed %d", seed).hasSizeLessThan(200).matches("[\\x20-\\x7e]+");
            return false;
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + text, e);
        }
    }

    private static String mutated(Random random, String text) {
        StringBuilder mutated = new StringBuilder(text);
        for (int changes = 1 + random.nextInt(3); changes > 0 && mutated.length() > 0; changes--) {
            int at = random.nextInt(mutated.length());
            int to = Math.min(mutated.length(), at + 1 + random.nextInt(6));
            switch (random.nextInt(5)) {
                case 0 -> mutated.delete(at, to);
                case 1 -> mutated.insert(at, noise(random, 1 + random.nextInt(3)));
                case 2 -> mutated.setCharAt(at, noise(random, 1).charAt(0));
                case 3 -> mutated.insert(random.nextInt(mutated.length()), mutated.substring(at, to));
                default -> mutated.setLength(at);
            }
        }
        return mutated.toString();
    }

    private static String noise(Random random, int length) {
        StringBuilder noise = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            noise.append(
                    random.nextInt(8) == 0
                            ? (char) random.nextInt(Character.MAX_VALUE)
                            : PIECES.charAt(random.nextInt(PIECES.length())));
        }
        return noise.toString();
    }
}
