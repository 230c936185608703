package io.pagewalk.internal.sink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.pagewalk.record.HeaderView;
import io.pagewalk.record.RecordView;
import java.util.ArrayList;
import java.util.List;

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

    public static Row of(RecordView record) {
        List<HeaderRow> headers = new ArrayList<>();
        for (int i = 0; i < record.headerCount(); i++) {
            HeaderView header = record.header(i);
            headers.add(new HeaderRow(header.key().toText(), text(Records.bytes(header.value()))));
        }
        return new Row(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType().toString(),
                text(Records.bytes(record.key())),
                text(Records.bytes(record.value())),
                headers);
    }

    public static String text(byte[] payload) {
        return payload == null ? null : new String(payload, ISO_8859_1);
    }
}
