package io.pagewalk.internal.sink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record as a reader of a data file sees it. Payloads are shown one character a byte. */
public record Row(
        String topic,
        int partition,
        long offset,
        long timestamp,
        String timestampType,
        String key,
        String value,
        List<HeaderRow> headers) {
    public record HeaderRow(String key, String value) {}

    public static Row of(ConsumerRecord<byte[], byte[]> record) {
        List<HeaderRow> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(new HeaderRow(header.key(), text(header.value()))));
        return new Row(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType().name,
                text(record.key()),
                text(record.value()),
                headers);
    }

    public static String text(byte[] payload) {
        return payload == null ? null : new String(payload, ISO_8859_1);
    }
}
