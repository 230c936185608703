package io.pagewalk.internal.sink.typed;

import static java.nio.file.StandardOpenOption.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.pagewalk.error.UsageException;
import io.pagewalk.internal.sink.Records;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.record.RecordView;
import io.pagewalk.row.Member;
import io.pagewalk.spi.FileContent;
import io.pagewalk.spi.FileFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parquet files that carry the ids that a table has for their columns. */
class ColumnIdsTest {
    @TempDir
    Path directory;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {51, 52, 53, 54, 55})
    void areAtEveryLevelButThatOfRepeatedGroups(long seed) throws Exception {
        PayloadFormats payloads = TypedSample.both(seed);
        List<Integer> ids = ColumnIds.shuffled(payloads, seed);

        Path file = write(ColumnIds.format(payloads, ids), TypedFilesTest.records(20, seed));

        List<String> expected = new ArrayList<>();
        List<Member> nodes = ColumnIds.nodes(payloads);
        for (int node = 0; node < nodes.size(); node++) {
            expected.add(nodes.get(node).name() + " " + ids.get(node));
        }
        List<String> found = new ArrayList<>();
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            collect(reader.getFooter().getFileMetaData().getSchema(), found);
        }
        assertThat(found).isEqualTo(expected);
        assertThat(seenByDuckDb(file)).isEqualTo(expected);
    }

    private static void collect(GroupType group, List<String> found) {
        for (Type type : group.getFields()) {
            if (type.getRepetition() == Repetition.REPEATED) {
                assertThat(type.getId()).as(type.getName()).isNull();
            } else {
                found.add(type.getName() + " " + type.getId().intValue());
            }
            if (!type.isPrimitive()) {
                collect(type.asGroupType(), found);
            }
        }
    }

    /** DuckDB reads footers with code of its own. */
    private static List<String> seenByDuckDb(Path file) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement();
                ResultSet result = statement.executeQuery("select name, field_id from parquet_schema('" + file
                        + "') where name <> 'io.pagewalk.Record' and repetition_type <> 'REPEATED'")) {
            while (result.next()) {
                found.add(result.getString(1) + " " + result.getInt(2));
            }
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void changeNothingButTheFooter(boolean typed) throws IOException {
        PayloadFormats payloads = typed ? TypedSample.both(56) : Records.JSON;
        List<RecordView> records = typed ? TypedFilesTest.records(2000, 56) : Records.random(56, 2000, Records.JSON);

        byte[] plain = Records.encode(ColumnIds.plain(payloads), records);
        byte[] withIds = Records.encode(ColumnIds.format(payloads, ColumnIds.shuffled(payloads, 56)), records);

        assertThat(withIds).isNotEqualTo(plain);
        assertThat(pages(withIds)).isEqualTo(pages(plain));
    }

    private static byte[] pages(byte[] file) {
        int footer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
        return Arrays.copyOf(file, file.length - 8 - footer);
    }

    @Test
    void makeAFileThatNoOtherExportTakesForItsOwn() throws IOException {
        PayloadFormats payloads = TypedSample.few(57);
        List<Integer> ids = ColumnIds.shuffled(payloads, 57);
        List<RecordView> records = TypedFilesTest.records(50, 57);
        FileFormat format = ColumnIds.format(payloads, ids);
        Path file = write(format, records);

        assertThat(inspect(format, file).records()).isEqualTo(50);
        for (int node = 0; node < ids.size(); node++) {
            List<Integer> others = new ArrayList<>(ids);
            others.set(node, ids.size() + 1);
            assertRefused(ColumnIds.format(payloads, others), file);
        }
        assertRefused(ColumnIds.plain(payloads), file);
        assertRefused(format, write(ColumnIds.plain(payloads), records));
    }

    private static void assertRefused(FileFormat format, Path file) {
        assertThatIOException()
                .isThrownBy(() -> inspect(format, file))
                .withMessage("not a file of this export: its columns differ");
        assertThatIOException()
                .isThrownBy(() -> {
                    try (SeekableByteChannel channel = Files.newByteChannel(file, READ)) {
                        format.decode(channel, record -> {});
                    }
                })
                .withMessage("not a file of this export: its columns differ");
    }

    @Test
    void areAsManyAsTheColumnsAndTheirParts() {
        PayloadFormats payloads = TypedSample.both(58);
        List<Integer> ids = ColumnIds.shuffled(payloads, 58);
        List<Integer> more = new ArrayList<>(ids);
        more.add(ids.size() + 1);

        for (List<Integer> wrong : List.of(more, ids.subList(1, ids.size()))) {
            assertThatExceptionOfType(UsageException.class)
                    .isThrownBy(() -> ColumnIds.format(payloads, wrong))
                    .withMessage("the setting parquet.field-ids has " + wrong.size()
                            + " ids, but the columns of the files and the parts of these are " + ids.size());
        }
    }

    private Path write(FileFormat format, List<RecordView> records) throws IOException {
        return Files.write(Files.createTempFile(directory, "a", ".parquet"), Records.encode(format, records));
    }

    private static FileContent inspect(FileFormat format, Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file, READ)) {
            return format.inspect(channel);
        }
    }
}
