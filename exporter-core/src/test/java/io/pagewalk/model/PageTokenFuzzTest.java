package io.pagewalk.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.error.UsageException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
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
            accepted += parse(seed, TokenTexts.ofBytes(mutated(random, TokenTexts.payload()))) ? 1 : 0;
        }
        assertThat(accepted).as("some mutations change a number only").isPositive();
    }

    @Test
    void standsRandomTexts() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            String noise = noise(random, random.nextInt(200));
            parse(seed, noise);
            parse(seed, TokenTexts.sealed("pw2." + noise));
            parse(seed, TokenTexts.ofBytes(noise.getBytes(UTF_8)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 1_000_000})
    void standsHostilePayloads(int size) {
        List<Consumer<TokenTexts.Fields>> hostile = List.of(
                fields -> fields.cluster = new byte[size],
                fields -> fields.topic = new byte[size],
                fields -> fields.behind = new byte[size],
                fields -> fields.count = size,
                fields -> fields.partitions = Collections.nCopies(size / 3, new long[3]),
                fields -> {
                    fields.partitions = Collections.nCopies(size / 3, new long[3]);
                    fields.count = size / 3;
                },
                fields -> {
                    fields.count = size / 3 + 2;
                    fields.behind = new byte[size];
                });
        for (int i = 0; i < hostile.size(); i++) {
            String text = TokenTexts.with(hostile.get(i));

            assertThat(parse(size, text)).as("%d", i).isFalse();
            assertThat(Allocation.of(() -> parseInVain(text))).as("%d", i).isLessThan(16L * text.length() + (1 << 18));
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
            if (token.remaining() > 0) {
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

    private static byte[] mutated(Random random, byte[] payload) {
        byte[] mutated = payload.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(mutated.length);
            switch (random.nextInt(3)) {
                case 0 -> mutated[at] = (byte) random.nextInt(256);
                case 1 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
                default -> mutated = Arrays.copyOf(mutated, at + 1);
            }
        }
        return mutated;
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
