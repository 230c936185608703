package io.pagewalk.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class PageTokenTest {
    private static final Extent EXTENT = new Extent(
            "c",
            "orders",
            new Uuid(1, 2),
            IsolationLevel.READ_COMMITTED,
            new TreeMap<>(Map.of(0, new OffsetRange(0, 5), 3, new OffsetRange(7, 9))));

    @Test
    void readsWhatItWrote() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            PageToken token = RandomExtents.firstToken(random);
            for (int pages = random.nextInt(4); pages > 0 && !token.isExhausted(); pages--) {
                token = Paginator.plan(token).next();
            }

            PageToken read = PageToken.parse(token.encode());

            assertThat(read).as("seed %d", seed).isEqualTo(token);
            assertThat(read.hashCode()).isEqualTo(token.hashCode());
            assertThat(read.encode()).isEqualTo(token.encode());
            assertThat(read.clusterId()).isEqualTo(token.clusterId());
            assertThat(read.topic()).isEqualTo(token.topic());
        }
    }

    @Test
    void readsTokensOfItsVersionForEver() {
        String text = "pw1.eyJjbHVzdGVyIjoiYyIsInRvcGljIjoib3JkZXJzIiwidG9waWNJZCI6IkFBQUFBQUFBQUFFQUFBQUFBQUFBQWciLCJ"
                + "pc29sYXRpb24iOiJyZWFkX2NvbW1pdHRlZCIsImRpcmVjdGlvbiI6ImFzYyIsInBhZ2VTaXplIjoxMCwic2xpY2VTaXplIj"
                + "o1LCJwYWdlIjoxLCJ0dXJuIjowLCJwYXJ0aXRpb25zIjpbWzAsMCw1XSxbMyw3LDldXX0.bda54d66";
        PageToken token = PageToken.first(EXTENT, Direction.ASC, 10, 5);

        assertThat(token.encode()).isEqualTo(text);
        assertThat(PageToken.parse(text)).isEqualTo(token);
    }

    @Test
    void isSafeInUrls() {
        for (int seed = 0; seed < 200; seed++) {
            assertThat(RandomExtents.firstToken(new Random(seed)).encode())
                    .matches("pw1\\.[A-Za-z0-9_-]+\\.[0-9a-f]{8}");
        }
    }

    @Test
    void differsInEveryFieldThatDiffers() {
        PageToken token = PageToken.parse(TokenTexts.ofJson(TokenTexts.JSON));
        String[][] changes = {
            {"\"c\"", "\"d\""},
            {"orders", "order"},
            {"AAAg\"", "AAAQ\""},
            {"read_committed", "read_uncommitted"},
            {"asc", "desc"},
            {"\"pageSize\":10", "\"pageSize\":11"},
            {"\"sliceSize\":5", "\"sliceSize\":6"},
            {"\"page\":3", "\"page\":4"},
            {"\"turn\":0", "\"turn\":3"},
            {"[3,7,9]", "[4,7,9]"},
            {"[0,0,5]", "[0,1,5]"},
            {"[0,0,5]", "[0,0,6]"},
            {",[3,7,9]", ""},
        };
        for (String[] change : changes) {
            PageToken other = PageToken.parse(TokenTexts.ofJson(TokenTexts.JSON.replace(change[0], change[1])));

            assertThat(other).as("%s to %s", change[0], change[1]).isNotEqualTo(token);
            assertThat(other.encode()).isNotEqualTo(token.encode());
        }
        assertThat(PageToken.parse(TokenTexts.ofJson(TokenTexts.JSON))).isEqualTo(token);
    }

    @Test
    void tellsWhatRemains() {
        PageToken token = PageToken.first(EXTENT, Direction.DESC, 10, 5);

        assertThat(token.remaining()).isEqualTo(7);
        assertThat(token.isExhausted()).isFalse();
        assertThat(token).hasToString("page 1 of orders desc, 7 offsets remaining");
        assertThat(Paginator.plan(token).next().isExhausted()).isTrue();
    }

    @Test
    void ofTenThousandPartitionsCostsAFewTimesItsOwnSize() {
        SortedMap<Integer, OffsetRange> partitions = new TreeMap<>();
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            long start = random.nextLong(1L << 40);
            partitions.put(i, new OffsetRange(start, start + random.nextLong(1L << 30)));
        }
        Extent extent = new Extent("c", "t", new Uuid(1, 2), IsolationLevel.READ_COMMITTED, partitions);
        PageToken token = PageToken.first(extent, Direction.ASC, 10_000_000, 1_000_000);
        String text = token.encode();
        PageToken.parse(text);
        Paginator.plan(token);

        assertThat(Allocation.of(() -> Paginator.plan(token))).isLessThan(1L << 20);
        assertThat(Allocation.of(token::encode)).isLessThan(20L * text.length());
        assertThat(Allocation.of(() -> PageToken.parse(text))).isLessThan(20L * text.length());
        assertThat(PageToken.parse(text)).isEqualTo(token);
    }
}
