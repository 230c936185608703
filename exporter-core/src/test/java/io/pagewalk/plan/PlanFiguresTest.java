package io.pagewalk.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.model.Direction;
import io.pagewalk.model.Extent;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Paginator;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class PlanFiguresTest {
    @Test
    void countsWhatTheWalkWillDo() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Map<Integer, OffsetRange> ranges = new TreeMap<>();
            for (int partition = 0; partition <= random.nextInt(8); partition++) {
                long start = random.nextInt(50);
                ranges.put(partition, new OffsetRange(start, start + random.nextInt(300)));
            }
            long slice = 1L + random.nextInt(20);
            PageToken token = token(ranges, slice + random.nextInt(60), slice, seed % 2 == 0);

            PlanFigures figures = PlanFigures.of(token);

            long files = 0;
            long pages = 0;
            for (PageToken left = token; !left.isExhausted(); pages++) {
                files += Paginator.plan(left).slices().size();
                left = Paginator.plan(left).next();
            }
            assertThat(figures).as("seed " + seed).isEqualTo(new PlanFigures(token.remaining(), files, pages, true));
        }
    }

    @Test
    void estimatesWhatWouldTakeTooLongToWalk() {
        PlanFigures figures = PlanFigures.of(token(Map.of(0, new OffsetRange(0, 1L << 50)), 1000, 10, true));

        assertThat(figures.pagesAreExact()).isFalse();
        assertThat(figures.files()).isEqualTo(((1L << 50) + 9) / 10);
        assertThat(figures.pages()).isEqualTo(((1L << 50) + 999) / 1000);
    }

    @Test
    void hasOnePageWithOneFileWhereThereIsNothing() {
        assertThat(PlanFigures.of(token(Map.of(0, new OffsetRange(7, 7)), 10, 1, true)))
                .isEqualTo(new PlanFigures(0, 1, 1, true));
    }

    private static PageToken token(Map<Integer, OffsetRange> ranges, long page, long slice, boolean ascending) {
        Extent extent = new Extent("c", "t", Uuid.ONE_UUID, IsolationLevel.READ_COMMITTED, ranges);
        return PageToken.first(extent, ascending ? Direction.ASC : Direction.DESC, page, slice);
    }
}
