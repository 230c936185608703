package io.pagewalk.internal.consumer;

import io.pagewalk.spi.SliceReader.RecordHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the last poll of a reader has brought, and how much of it was handed over: records behind a slice's end wait here for the
 * next slice. Confined to one thread.
 */
final class PolledRecords {
    private final RecordAdapter adapter = new RecordAdapter();
    private List<ConsumerRecord<ByteBuffer, ByteBuffer>> records = List.of();
    private int handedOver;

    /** Takes what a poll has brought, in place of what is left. */
    void take(List<ConsumerRecord<ByteBuffer, ByteBuffer>> polled) {
        records = polled;
        handedOver = 0;
    }

    boolean isEmpty() {
        return handedOver == records.size();
    }

    /** The offset of the first record that is left. */
    long nextOffset() {
        return records.get(handedOver).offset();
    }

    /** Hands over what is left before {@code end}. */
    void handOver(long end, RecordHandler handler) throws IOException {
        while (handedOver < records.size()) {
            ConsumerRecord<ByteBuffer, ByteBuffer> record = records.get(handedOver);
            if (record.offset() >= end) {
                return;
            }
            handler.handle(adapter.view(record));
            handedOver++;
        }
    }
}
