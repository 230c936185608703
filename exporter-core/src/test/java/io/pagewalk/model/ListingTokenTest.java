package io.pagewalk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.error.NewerVersionException;
import io.pagewalk.model.ListingToken.Order;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** The text of a listing's place. */
class ListingTokenTest {
    @Test
    void aTextGivesTheTokenItWasMadeOf() {
        for (int seed = 0; seed < 1000; seed++) {
            Random random = new Random(seed);
            PageToken walk = RandomExtents.firstToken(random).ofSingleOffsets();
            ListingToken token = new ListingToken(
                            walk,
                            walk.remaining() + random.nextInt(3),
                            random.nextBoolean() ? Order.ROUNDS : Order.TIME,
                            random.nextLong())
                    .at(Paginator.behind(walk, walk.remaining() / 3, 1));

            assertThat(ListingToken.parse(token.encode())).isEqualTo(token);
        }
    }

    @Test
    void whatAWalkHasLeftIsAListing() {
        PageToken walk = PageToken.first(extent(1, 7), Direction.ASC, 10, 5);

        ListingToken token = ListingToken.parse(walk.encode());

        assertThat(token).isEqualTo(ListingToken.first(walk, Order.ROUNDS, 0));
        assertThat(token.total()).isEqualTo(7);
        assertThat(token.walk().sliceSize()).isEqualTo(1);
    }

    /** Proxies take request lines and headers of 8 kB. */
    @Test
    void twoHundredPartitionsTakeSomeThreeKilobytes() {
        PageToken walk = PageToken.first(extent(200, 1L << 34), Direction.DESC, 50, 1);

        assertThat(ListingToken.first(walk, Order.TIME, -1).encode().length()).isBetween(1000, 3400);
    }

    @Test
    void whatIsNoTokenIsToldApart() {
        String text = ListingToken.first(PageToken.first(extent(2, 5), Direction.ASC, 2, 1), Order.TIME, 0)
                .encode();

        assertThatThrownBy(() -> ListingToken.parse("")).hasMessage("page token is empty");
        assertThatThrownBy(() -> ListingToken.parse("Hello"))
                .hasMessage("not a page token: it does not start with pl1.");
        assertThatThrownBy(() -> ListingToken.parse("pw2.x")).hasMessageStartingWith("page token is truncated");
        assertThatThrownBy(() -> ListingToken.parse("pl2.AAAA.00000000")).isInstanceOf(NewerVersionException.class);
        for (int length = 1; length < text.length(); length++) {
            String part = text.substring(0, length);
            assertThatThrownBy(() -> ListingToken.parse(part)).isInstanceOf(InvalidTokenException.class);
        }
        for (int at = 0; at < text.length(); at++) {
            String mistyped = text.substring(0, at) + (text.charAt(at) == 'B' ? 'C' : 'B') + text.substring(at + 1);
            assertThatThrownBy(() -> ListingToken.parse(mistyped)).isInstanceOf(InvalidTokenException.class);
        }
    }

    /** Whoever makes a checksum that fits is told what else does not. */
    @Test
    void aContentThatNoListingProducesIsRefused() {
        TokenEnvelope envelope = new TokenEnvelope("pl", 1);
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] payload = new byte[random.nextInt(80)];
            random.nextBytes(payload);
            String text = envelope.write(payload);
            try {
                assertThat(ListingToken.parse(text).encode())
                        .as("seed %d", seed)
                        .isEqualTo(text);
            } catch (InvalidTokenException e) {
                assertThat(e).hasMessageStartingWith("page token is malformed: ");
            }
        }
    }

    private static Extent extent(int partitions, long offsets) {
        SortedMap<Integer, OffsetRange> ranges = new TreeMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            ranges.put(partition, new OffsetRange(1L << 33, (1L << 33) + offsets));
        }
        return new Extent("ZnUqVESQQ0H0NiDg05rcQ", "orders", new Uuid(1, 2), IsolationLevel.READ_COMMITTED, ranges);
    }
}
