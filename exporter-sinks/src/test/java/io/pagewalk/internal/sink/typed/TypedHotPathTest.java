package io.pagewalk.internal.sink.typed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.model.Allocation;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.RowReader;
import io.pagewalk.payload.TypedFormat;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import io.pagewalk.row.ColumnType;
import io.pagewalk.row.Member;
import io.pagewalk.row.RowLayout;
import io.pagewalk.row.ScalarKind;
import io.pagewalk.spi.FileFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What typed payloads cost on their way into a file, in bytes: allocated for each record, and held for many leaves. */
class TypedHotPathTest {
    private static final int RECORDS = 60_000;

    /** Numbers and a text, of which some are lists; the payload is the text. */
    record Plain(RowLayout layout) implements TypedFormat {
        Plain() {
            this(new RowLayout(Member.optional(
                    "value",
                    new ColumnType.Struct(List.of(
                            Member.required("id", ColumnType.Scalar.of(ScalarKind.INT64)),
                            Member.optional("price", ColumnType.Scalar.of(ScalarKind.DOUBLE)),
                            Member.required("amount", ColumnType.Scalar.decimal(12, 2)),
                            Member.required("at", ColumnType.Scalar.of(ScalarKind.TIMESTAMP_MICROS)),
                            Member.required("text", ColumnType.Scalar.of(ScalarKind.STRING)),
                            Member.required(
                                    "parts",
                                    new ColumnType.ListOf(
                                            Member.required("element", ColumnType.Scalar.of(ScalarKind.STRING)))))))));
        }

        @Override
        public String name() {
            return "plain";
        }

        @Override
        public RowReader newReader() {
            return (record, events) -> {
                long offset = record.offset();
                byte[] text = record.value().array();
                events.begin(text);
                events.number(0, 0, 1, offset);
                events.number(1, 0, 2, Double.doubleToRawLongBits(offset % 1000 / 100.0));
                events.number(2, 0, 1, offset * 7919 % 1_000_000);
                events.number(3, 0, 1, 1_700_000_000_000_000L + offset * 137_000);
                events.bytes(4, 0, 1, 0, text.length);
                events.bytes(5, 0, 2, 0, 3);
                events.bytes(5, 1, 2, 2, 4);
                return null;
            };
        }
    }

    /** So many optional texts, of which each record has one. */
    record Wide(RowLayout layout) implements TypedFormat {
        Wide(int leaves) {
            this(new RowLayout(Member.optional(
                    "value",
                    new ColumnType.Struct(IntStream.range(0, leaves)
                            .mapToObj(i -> Member.optional("t" + i, ColumnType.Scalar.of(ScalarKind.STRING)))
                            .toList()))));
        }

        @Override
        public String name() {
            return "wide";
        }

        @Override
        public RowReader newReader() {
            int leaves = layout.leaves().size();
            return (record, events) -> {
                byte[] text = record.value().array();
                events.begin(text);
                for (int leaf = 0; leaf < leaves; leaf++) {
                    if (leaf == record.offset() % leaves) {
                        events.bytes(leaf, 0, 2, 0, text.length);
                    } else {
                        events.absent(leaf, 0, 1);
                    }
                }
                return null;
            };
        }
    }

    @ParameterizedTest(name = "{0}: at most {1} bytes a record")
    @CsvSource({"jsonl, 1", "parquet, 130"})
    void allocatesLittleForEachRecordMore(String name, long limit) {
        PayloadFormats payloads = new PayloadFormats(PayloadFormat.BYTES, new Plain(), PayloadFormat.BYTES);
        FileFormat format = TypedFilesTest.format(name, payloads);
        encode(format, RECORDS, 100);

        long once = Allocation.of(() -> encode(format, RECORDS, 100));
        long twice = Allocation.of(() -> encode(format, 2 * RECORDS, 100));

        assertThat((twice - once) / RECORDS).isLessThan(limit);
    }

    @Test
    void needsNoPageForEachOfManyLeaves() {
        PayloadFormats payloads = new PayloadFormats(PayloadFormat.BYTES, new Wide(9000), PayloadFormat.BYTES);
        FileFormat format = TypedFilesTest.format("parquet", payloads);

        long allocated = Allocation.of(() -> write(format, 50, 30_000));

        // A page of 16 KiB for each would be 150 MB; the values are 1.5 MB.
        assertThat(allocated).isLessThan(50L << 20);
    }

    /** Does not finish the file. */
    private static void write(FileFormat format, int records, int length) {
        try (FileFormat.Encoder encoder = format.encoder(OutputStream.nullOutputStream())) {
            write(encoder, records, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void encode(FileFormat format, int records, int length) {
        try (FileFormat.Encoder encoder = format.encoder(OutputStream.nullOutputStream())) {
            write(encoder, records, length);
            encoder.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(FileFormat.Encoder encoder, int records, int length) throws IOException {
        ReusableRecord record = new ReusableRecord();
        byte[] text =
                "lorem ipsum ".repeat(length / 12 + 1).substring(0, length).getBytes(UTF_8);
        for (int i = 0; i < records; i++) {
            text[i % text.length]++;
            text[i % text.length] &= 0x7F;
            RecordView view = record.begin("orders", 3, i, 1_700_000_000_000L, TimestampType.CREATE_TIME)
                    .value(text)
                    .view();
            encoder.write(view);
        }
    }
}
