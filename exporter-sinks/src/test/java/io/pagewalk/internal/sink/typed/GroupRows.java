package io.pagewalk.internal.sink.typed;

import io.pagewalk.row.ColumnType;
import io.pagewalk.row.RowLayout.Place;
import io.pagewalk.row.ScalarKind;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/** Reads files with parquet-java's own assembly of records. */
final class GroupRows {
    private GroupRows() {}

    static void read(Path file, Consumer<Group> rows) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            MessageType schema = reader.getFooter().getFileMetaData().getSchema();
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                RecordReader<Group> records = new ColumnIOFactory()
                        .getColumnIO(schema)
                        .getRecordReader(pages, new GroupRecordConverter(schema));
                for (long row = 0; row < pages.getRowCount(); row++) {
                    rows.accept(records.read());
                }
            }
        }
    }

    /** The value of a field as {@link RandomValues} has it. */
    static Object tree(Group group, int field, int index, Place place) {
        if (group.getFieldRepetitionCount(field) <= index) {
            return null;
        }
        ColumnType type = place.member().type();
        if (type instanceof ColumnType.Scalar scalar) {
            return scalar(group, field, index, scalar);
        }
        Group inner = group.getGroup(field, index);
        if (type instanceof ColumnType.Struct) {
            List<Object> members = new ArrayList<>();
            for (int i = 0; i < place.children().size(); i++) {
                members.add(tree(inner, i, 0, place.children().get(i)));
            }
            return members;
        }
        int count = inner.getFieldRepetitionCount(0);
        if (type instanceof ColumnType.ListOf) {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                list.add(tree(inner.getGroup(0, i), 0, 0, place.children().get(0)));
            }
            return list;
        }
        Map<String, RandomValues.Entry> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            Object key = tree(inner.getGroup(0, i), 0, 0, place.children().get(0));
            Object value = tree(inner.getGroup(0, i), 1, 0, place.children().get(1));
            map.put(RandomValues.text(place.children().get(0), key), new RandomValues.Entry(key, value));
        }
        return map;
    }

    private static Object scalar(Group group, int field, int index, ColumnType.Scalar type) {
        return switch (group.getType().getType(field).asPrimitiveType().getPrimitiveTypeName()) {
            case BOOLEAN -> group.getBoolean(field, index) ? 1L : 0L;
            case INT32 -> (long) group.getInteger(field, index);
            case INT64 -> group.getLong(field, index);
            case FLOAT -> (long) Float.floatToRawIntBits(group.getFloat(field, index));
            case DOUBLE -> Double.doubleToRawLongBits(group.getDouble(field, index));
            default -> {
                byte[] bytes = group.getBinary(field, index).getBytes();
                yield type.kind() == ScalarKind.DECIMAL ? new BigInteger(bytes).toByteArray() : bytes;
            }
        };
    }
}
