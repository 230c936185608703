package io.pagewalk.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.row.ColumnType.Scalar;
import io.pagewalk.row.Member;
import io.pagewalk.row.RowEvents;
import io.pagewalk.row.RowLayout;
import io.pagewalk.row.ScalarKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeafWriterTest {
    private final RowEvents events = new RowEvents();

    private static RowLayout layout(Scalar to) {
        return new RowLayout(Member.required("c", to));
    }

    private static LeafWriter writer(Scalar from, RowLayout layout) {
        return LeafWriter.of(new Binding.Leaf(layout.root(), new SourceType.Value(from)));
    }

    private Object number(ScalarKind from, ScalarKind to, long value) throws BadPayloadException {
        RowLayout layout = layout(Scalar.of(to));
        events.begin(new byte[0]);
        writer(Scalar.of(from), layout).number(events, 0, value);
        Object read = RowTree.of(events, layout);
        assertThat(read).isNotNull();
        return read == null ? "" : read;
    }

    @Test
    void numbersAreWidened() throws Exception {
        assertThat(number(ScalarKind.INT32, ScalarKind.INT64, -7)).isEqualTo(-7L);
        assertThat(number(ScalarKind.INT32, ScalarKind.DOUBLE, Integer.MIN_VALUE))
                .isEqualTo(-2147483648.0);
        assertThat(number(ScalarKind.FLOAT, ScalarKind.DOUBLE, Float.floatToRawIntBits(0.1f)))
                .isEqualTo((double) 0.1f);
    }

    @Test
    void timesGoToOtherUnits() throws Exception {
        assertThat(number(ScalarKind.TIMESTAMP_MILLIS, ScalarKind.TIMESTAMP_NANOS, -3))
                .isEqualTo(-3_000_000L);
        assertThat(number(ScalarKind.TIMESTAMP_NANOS, ScalarKind.TIMESTAMP_MICROS, -1))
                .isEqualTo(-1L);
        assertThat(number(ScalarKind.LOCAL_TIMESTAMP_MICROS, ScalarKind.LOCAL_TIMESTAMP_MILLIS, 1_999))
                .isEqualTo(1L);
        long most = Long.MAX_VALUE / 1_000;
        assertThat(number(ScalarKind.TIMESTAMP_MILLIS, ScalarKind.TIMESTAMP_MICROS, most))
                .isEqualTo(most * 1_000);
        for (long beyond : new long[] {most + 1, -most - 1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThatThrownBy(() -> number(ScalarKind.TIMESTAMP_MILLIS, ScalarKind.TIMESTAMP_MICROS, beyond))
                    .isInstanceOf(BadPayloadException.class);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void decimalsAreRescaledOrBad(long seed) throws Exception {
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            int scale = random.nextInt(20);
            int more = random.nextInt(Scalar.MAX_PRECISION - scale);
            int precision = Math.max(1, scale + more);
            int fromScale = random.nextInt(scale + 1);
            Scalar to = Scalar.decimal(precision, scale);
            RowLayout layout = layout(to);
            LeafWriter writer = writer(Scalar.decimal(Scalar.MAX_PRECISION, fromScale), layout);
            BigInteger edge = BigInteger.TEN.pow(Math.max(0, precision - (scale - fromScale)));
            BigInteger value = random.nextBoolean()
                    ? new BigInteger(random.nextInt(150), random)
                    : edge.add(BigInteger.valueOf(random.nextInt(5) - 3));
            BigInteger signed = random.nextBoolean() ? value.negate() : value;
            BigDecimal expected = new BigDecimal(signed, fromScale).setScale(scale);
            byte[] bytes = padded(signed.toByteArray(), random.nextInt(3));
            events.begin(bytes);
            String said = to + " of " + signed + " with " + fromScale;
            if (expected.precision() > precision && expected.signum() != 0) {
                assertThatThrownBy(() -> writer.bytes(events, 0, bytes, 0, bytes.length))
                        .as(said)
                        .isInstanceOf(BadPayloadException.class);
            } else {
                writer.bytes(events, 0, bytes, 0, bytes.length);
                assertThat(RowTree.of(events, layout)).as(said).isEqualTo(expected);
                if (signed.bitLength() < Long.SIZE) {
                    events.begin(bytes);
                    writer.number(events, 0, signed.longValue());
                    assertThat(RowTree.of(events, layout)).as(said).isEqualTo(expected);
                }
            }
        }
    }

    private static byte[] padded(byte[] bytes, int more) {
        byte[] padded = new byte[bytes.length + more];
        for (int index = 0; index < padded.length; index++) {
            padded[index] = index < more ? (byte) (bytes[0] >> 7) : bytes[index - more];
        }
        return padded;
    }

    @Test
    void bytesStayWhatTheyAre() throws Exception {
        RowLayout layout = layout(Scalar.of(ScalarKind.BYTES));
        byte[] payload = {1, 2, 3};
        for (Scalar from : List.of(Scalar.fixed(2), Scalar.of(ScalarKind.BYTES))) {
            events.begin(payload);
            writer(from, layout).bytes(events, 0, payload, 1, 2);
            assertThat(RowTree.of(events, layout)).isEqualTo("0x0203");
            events.begin(payload);
            writer(from, layout).made(events, 0, new byte[] {9, 8}, 0, 2);
            assertThat(RowTree.of(events, layout)).isEqualTo("0x0908");
        }
    }
}
