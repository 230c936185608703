package io.pagewalk.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import io.pagewalk.spi.FileFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PulledRecordsTest {
    @Test
    void givesEveryRecordInItsOrder() {
        for (long count : new long[] {0, 1, 1023, 1024, 1025, 10_000}) {
            try (PulledRecords records = new PulledRecords(digest(), source(count))) {
                List<Long> offsets = new ArrayList<>();
                for (PulledRecords.Item item = records.peek(); item != null; item = records.peek()) {
                    offsets.add(item.offset());
                    records.take();
                }

                assertThat(offsets).isEqualTo(LongStream.range(0, count).boxed().toList());
                assertThat(records.peek()).isNull();
            }
        }
    }

    @Test
    void passesOnWhyTheSourceFailed() {
        try (PulledRecords records = new PulledRecords(digest(), handler -> {
            source(1).accept(handler);
            throw new ExportFailedException("disk on fire", Advice.WAIT_LONGER, null);
        })) {
            assertThatThrownBy(records::peek)
                    .isInstanceOfSatisfying(
                            ExportFailedException.class,
                            e -> assertThat(e.advice()).isEqualTo(Advice.WAIT_LONGER))
                    .hasMessage("cannot compare records: disk on fire; " + Advice.WAIT_LONGER.text());
        }
    }

    @Test
    void endsTheSourceWhenItIsClosedHalfway() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        PulledRecords records = new PulledRecords(digest(), handler -> {
            try {
                source(Long.MAX_VALUE).accept(handler);
            } finally {
                ended.countDown();
            }
        });
        assertThat(records.peek()).isNotNull();

        records.close();

        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void doesNotWaitForAThreadThatHasEnded() {
        try (PulledRecords records = new PulledRecords(digest(), handler -> {
            Thread.currentThread().interrupt();
            source(10_000).accept(handler);
        })) {
            assertThatThrownBy(records::peek)
                    .isInstanceOf(ExportFailedException.class)
                    .hasMessageContaining("the thread that reads them has ended; run again");
        }
    }

    private static RecordDigest digest() {
        return new RecordDigest(
                new PlainFormat(), new PayloadFormats(PayloadFormat.BYTES, PayloadFormat.BYTES, PayloadFormat.BYTES));
    }

    private static Consumer<FileFormat.RowHandler> source(long count) {
        return handler -> {
            try {
                ReusableRecord record = new ReusableRecord();
                for (long offset = 0; offset < count; offset++) {
                    handler.handle(
                            record.begin("orders", 0, offset, 0, TimestampType.CREATE_TIME)
                                    .value(new byte[] {1})
                                    .view(),
                            null,
                            null);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }
}
