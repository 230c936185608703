package io.pagewalk.internal.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.pagewalk.payload.MetSchema;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.PinnedSchemas;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedFormatsTest {
    private final SharedFormats shared = new SharedFormats();
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void areMadeOnceForAllThatAskForTheSame() {
        List<PayloadFormats> given =
                IntStream.range(0, 100).parallel().mapToObj(i -> get(key("a"))).toList();

        assertThat(made).hasValue(1);
        assertThat(given).allSatisfy(formats -> assertThat(formats).isSameAs(given.get(0)));
    }

    @Test
    void areMadeAnewWhereMoreIsOnRecord() {
        get(key("a"));
        get(key("a", new MetSchema("value", "7", "orders-value", "digest")));

        assertThat(made).hasValue(2);
    }

    @Test
    void areKeptOfTheExportsThatWereAskedForLast() {
        for (int i = 0; i < 40; i++) {
            get(key("a"));
            get(key("export " + i));
        }
        assertThat(made).hasValue(41);

        get(key("export 0"));
        assertThat(made).hasValue(42);
    }

    @Test
    void areTriedAgainWhereTheyCouldNotBeMade() {
        assertThatIllegalStateException()
                .isThrownBy(() -> shared.get(key("a"), () -> {
                    throw new IllegalStateException("gone");
                }));

        get(key("a"));
        assertThat(made).hasValue(1);
    }

    private PayloadFormats get(SharedFormats.Key key) {
        return shared.get(key, () -> {
            made.incrementAndGet();
            return new PayloadFormats(PayloadFormat.BYTES, PayloadFormat.BYTES, PayloadFormat.BYTES);
        });
    }

    private static SharedFormats.Key key(String table, MetSchema... met) {
        PinnedSchemas.Column column = new PinnedSchemas.Column("confluent", ".", "", false, table, List.of());
        return new SharedFormats.Key(
                new PinnedSchemas(null, column, List.of()), List.of(met), Map.of(), Map.of(), false);
    }
}
