package io.pagewalk.payload;

import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.row.ColumnType;
import io.pagewalk.row.ColumnType.Scalar;
import io.pagewalk.row.Member;
import io.pagewalk.row.RowLayout;
import io.pagewalk.row.ScalarKind;
import java.util.List;

/** Makes formats whose payloads have schemas: what that takes is not known where formats are pinned. Any thread may use it. */
@FunctionalInterface
public interface TypedFormats {
    /** The names of such formats. */
    List<String> NAMES = List.of("avro", "protobuf", "json-schema");

    /** Formats that are names and no more, for those who read no payload. */
    TypedFormats NAMES_ALONE = (part, name) -> new Named(part, name, Named.UNKNOWN);

    /**
     * The format of keys or values.
     *
     * @param name one of {@link #NAMES}
     * @throws io.pagewalk.error.UsageException if what it was made of is not there any more
     */
    TypedFormat open(Part part, String name);

    /**
     * A format that reads nothing.
     *
     * @param part whose column it is
     * @param name of the format
     * @param type of the column
     */
    record Named(Part part, String name, ColumnType type) implements TypedFormat {
        /** Stands for whatever the column holds. */
        private static final ColumnType UNKNOWN = Scalar.of(ScalarKind.BOOLEAN);

        @Override
        public RowLayout layout() {
            return new RowLayout(Member.optional(part.toString(), type));
        }

        @Override
        public RowReader newReader() {
            throw new IllegalStateException("the columns of the " + part + " are not known here");
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
