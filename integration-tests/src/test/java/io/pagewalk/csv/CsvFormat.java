package io.pagewalk.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.HeaderView;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import io.pagewalk.spi.FileContent;
import io.pagewalk.spi.FileFormat;
import io.pagewalk.spi.SliceReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.Base64;

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
            public void write(RecordView record) throws IOException {
                StringBuilder headers = new StringBuilder();
                for (int i = 0; i < record.headerCount(); i++) {
                    HeaderView header = record.header(i);
                    headers.append(field(header.key())).append(':');
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

    private static String field(ByteView payload) {
        return payload == null ? "" : "=" + Base64.getEncoder().encodeToString(payload.toBytes());
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

    private static RecordView record(String[] fields) {
        ReusableRecord record = new ReusableRecord()
                .begin(
                        fields[0],
                        Integer.parseInt(fields[1]),
                        Long.parseLong(fields[2]),
                        Long.parseLong(fields[3]),
                        TimestampType.valueOf(fields[4]))
                .key(payload(fields[5]))
                .value(payload(fields[6]));
        for (String header : fields[7].split(" ", -1)) {
            if (!header.isEmpty()) {
                String[] pair = header.split(":", -1);
                record.header(payload(pair[0]), payload(pair[1]));
            }
        }
        return record.view();
    }

    @Override
    public ByteView canonical(ByteView payload, PayloadFormat format) {
        return payload;
    }
}
