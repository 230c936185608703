package io.pagewalk.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.spi.FileContent;
import io.pagewalk.spi.FileFormat;
import io.pagewalk.spi.SliceReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A line a record, payloads in base64; null payloads are empty fields, others begin with a {@code =}. */
final class CsvFormat implements FileFormat {
    static final String EXTENSION = ".csv";
    private static final String TITLE = "topic,partition,offset,timestamp,timestampType,key,value,headers";

    @Override
    public String extension() {
        return EXTENSION;
    }

    @Override
    public Encoder encoder(OutputStream out) throws IOException {
        line(out, TITLE);
        return new Encoder() {
            @Override
            public void write(ConsumerRecord<byte[], byte[]> record) throws IOException {
                StringBuilder headers = new StringBuilder();
                for (Header header : record.headers()) {
                    headers.append(field(header.key().getBytes(UTF_8))).append(':');
                    headers.append(field(header.value())).append(' ');
                }
                line(
                        out,
                        record.topic() + "," + record.partition() + "," + record.offset() + "," + record.timestamp()
                                + "," + record.timestampType().name() + "," + field(record.key()) + ","
                                + field(record.value()) + "," + headers);
            }

            @Override
            public void finish() throws IOException {
                line(out, "end");
            }

            @Override
            public void close() {}
        };
    }

    private static void line(OutputStream out, String text) throws IOException {
        out.write((text + "\n").getBytes(UTF_8));
    }

    private static String field(byte[] payload) {
        return payload == null ? "" : "=" + Base64.getEncoder().encodeToString(payload);
    }

    private static byte[] payload(String field) {
        return field.isEmpty() ? null : Base64.getDecoder().decode(field.substring(1));
    }

    @Override
    public FileContent inspect(SeekableByteChannel file) throws IOException {
        long[] figures = {0, 0, 0, Long.MAX_VALUE, Long.MIN_VALUE};
        decode(file, record -> {
            figures[1] = figures[0]++ == 0 ? record.offset() : figures[1];
            figures[2] = record.offset();
            figures[3] = Math.min(figures[3], record.timestamp());
            figures[4] = Math.max(figures[4], record.timestamp());
        });
        return new FileContent(
                figures[0],
                figures[0] == 0 ? null : new FileContent.Bounds(figures[1], figures[2], figures[3], figures[4]));
    }

    @Override
    public void decode(SeekableByteChannel file, SliceReader.RecordHandler handler) throws IOException {
        file.position(0);
        BufferedReader lines = new BufferedReader(Channels.newReader(file, UTF_8));
        if (!TITLE.equals(lines.readLine())) {
            throw new IOException("it is no CSV of this kind");
        }
        for (String line = lines.readLine(); !"end".equals(line); line = lines.readLine()) {
            if (line == null) {
                throw new IOException("it ends too early");
            }
            handler.handle(record(line.split(",", -1)));
        }
    }

    private static ConsumerRecord<byte[], byte[]> record(String[] fields) {
        RecordHeaders headers = new RecordHeaders();
        for (String header : fields[7].split(" ", -1)) {
            if (!header.isEmpty()) {
                String[] pair = header.split(":", -1);
                headers.add(new String(payload(pair[0]), UTF_8), payload(pair[1]));
            }
        }
        byte[] key = payload(fields[5]);
        byte[] value = payload(fields[6]);
        return new ConsumerRecord<>(
                fields[0],
                Integer.parseInt(fields[1]),
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                TimestampType.valueOf(fields[4]),
                key == null ? ConsumerRecord.NULL_SIZE : key.length,
                value == null ? ConsumerRecord.NULL_SIZE : value.length,
                key,
                value,
                headers,
                Optional.empty());
    }

    @Override
    public byte[] canonical(byte[] payload, PayloadFormat format) {
        return payload;
    }
}
