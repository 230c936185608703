package io.pagewalk.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
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
        String text = "pw2.AmMMb3JkZXJzAAAAAAAAAAEAAAAAAAAAAgEAFAoCAAQAAAoGDgQ.9b51f6ab";
        PageToken token = PageToken.first(EXTENT, Direction.ASC, 10, 5);

        assertThat(token.encode()).isEqualTo(text);
        assertThat(PageToken.parse(text)).isEqualTo(token);
    }

    @Test
    void isSafeInUrls() {
        for (int seed = 0; seed < 200; seed++) {
            assertThat(RandomExtents.firstToken(new Random(seed)).encode())
                    .matches("pw2\\.[A-Za-z0-9_-]+\\.[0-9a-f]{8}");
        }
    }

    @Test
    void differsInEveryFieldThatDiffers() {
        PageToken token = PageToken.parse(TokenTexts.text());
        List<Consumer<TokenTexts.Fields>> changes = List.of(
                fields -> fields.cluster[0] = 'd',
                fields -> fields.topic[0] = 'O',
                fields -> fields.topicId = 3,
                fields -> fields.isolation = 0,
                fields -> fields.direction = 1,
                fields -> fields.pageSize = 11,
                fields -> fields.sliceSize = 6,
                fields -> fields.page = 4,
                fields -> fields.turn = 1,
                fields -> fields.partitions.get(1)[0] = 4,
                fields -> fields.partitions.get(1)[1] = 4,
                fields -> fields.partitions.get(1)[2] = 3,
                fields -> {
                    fields.partitions.remove(1);
                    fields.count = 1;
                });
        for (int i = 0; i < changes.size(); i++) {
            PageToken other = PageToken.parse(TokenTexts.with(changes.get(i)));

            assertThat(other).as("change %d", i).isNotEqualTo(token);
            assertThat(other.encode()).isNotEqualTo(token.encode());
        }
        assertThat(PageToken.parse(TokenTexts.text())).isEqualTo(token);
    }

    @Test
    void ofTwoHundredPartitionsHasSomeThreeThousandCharacters() {
        assertThat(random(200).encode()).hasSizeLessThan(3_600);
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
        PageToken token = random(10_000);
        String text = token.encode();
        PageToken.parse(text);
        Paginator.plan(token);

        assertThat(Allocation.of(() -> Paginator.plan(token))).isLessThan(1L << 20);
        assertThat(Allocation.of(token::encode)).isLessThan(20L * text.length());
        assertThat(Allocation.of(() -> PageToken.parse(text))).isLessThan(20L * text.length());
        assertThat(PageToken.parse(text)).isEqualTo(token);
    }

    /** With offsets up to a million millions. */
    private static PageToken random(int count) {
        SortedMap<Integer, OffsetRange> partitions = new TreeMap<>();
        Random random = new Random(1);
        for (int i = 0; i < count; i++) {
            long start = random.nextLong(1L << 40);
            partitions.put(i, new OffsetRange(start, start + random.nextLong(1L << 30)));
        }
        Extent extent = new Extent("c", "t", new Uuid(1, 2), IsolationLevel.READ_COMMITTED, partitions);
        return PageToken.first(extent, Direction.ASC, 10_000_000, 1_000_000);
    }
}
