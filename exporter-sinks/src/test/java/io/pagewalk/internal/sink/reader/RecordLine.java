package io.pagewalk.internal.sink.reader;

import io.pagewalk.internal.sink.Records;
import io.pagewalk.record.HeaderView;
import io.pagewalk.record.RecordView;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A record as one line of text, so that readers of any kind can say what they read: payloads in hexadecimal, so that no byte is lost
 * on the way, and a dash for null, which is not the same as empty. Timestamps are in microseconds, whatever their unit in the file.
 */
public final class RecordLine {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private RecordLine() {}

    public static List<String> of(List<RecordView> records) {
        return records.stream().map(RecordLine::of).toList();
    }

    private static String of(RecordView record) {
        List<String> headers = new ArrayList<>();
        for (int i = 0; i < record.headerCount(); i++) {
            HeaderView header = record.header(i);
            headers.add(header(header.key().toBytes(), Records.bytes(header.value())));
        }
        return of(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp() * 1000,
                record.timestampType().toString(),
                Records.bytes(record.key()),
                Records.bytes(record.value()),
                headers);
    }

    static String of(
            String topic,
            int partition,
            long offset,
            long micros,
            String timestampType,
            byte[] key,
            byte[] value,
            List<String> headers) {
        return String.join(
                "|",
                topic,
                Integer.toString(partition),
                Long.toString(offset),
                Long.toString(micros),
                timestampType,
                hex(key),
                hex(value),
                String.join(",", headers));
    }

    static String header(byte[] key, byte[] value) {
        return hex(key) + "=" + hex(value);
    }

    private static String hex(byte[] payload) {
        return payload == null ? "-" : HEX.formatHex(payload);
    }
}
