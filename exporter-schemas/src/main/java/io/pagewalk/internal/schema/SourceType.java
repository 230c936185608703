package io.pagewalk.internal.schema;

import io.pagewalk.row.ColumnType;
import io.pagewalk.row.ScalarKind;
import java.util.List;

/**
 * What one version of a schema says that a value is, in words that Avro, Protobuf and JSON Schema share. Types that files have no
 * column type for are said by the one that keeps their values: an enum is text.
 */
public sealed interface SourceType {
    /** Null, and nothing else. */
    record Nothing() implements SourceType {}

    /**
     * A value without parts.
     *
     * @param type what it means; timestamps have the unit of the schema, which need not be the one that the table has
     * @param plain what the same values are, if nobody said what they mean: what a version without that annotation calls them
     * @param fullName what the type is called, as a branch of a choice would be; empty where types have no names
     */
    record Value(ColumnType.Scalar type, ColumnType.Scalar plain, String fullName) implements SourceType {
        /** One that means what it is, and has no name. */
        public Value(ColumnType.Scalar type) {
            this(type, type, "");
        }

        /** One that needs nothing but its kind. */
        public static Value of(ScalarKind kind) {
            return new Value(ColumnType.Scalar.of(kind));
        }
    }

    /**
     * A record, a message or an object; it may have no field. Fields stand in the order of the schema.
     *
     * @param fullName what the type is called, as a branch of a choice would be; empty where types have no names
     */
    record Group(String fullName, List<SourceField> fields) implements SourceType {
        /** Keeps a copy. */
        public Group {
            fields = List.copyOf(fields);
        }

        /** One that has no name. */
        public Group(List<SourceField> fields) {
            this("", fields);
        }
    }

    /** Any number of values. */
    record Many(SourceType element, boolean optional) implements SourceType {}

    /** Values by keys. */
    record Entries(ColumnType.Scalar key, SourceType value, boolean optional) implements SourceType {}

    /** A value of one of several types, none of which is null. */
    record Choice(List<Branch> branches) implements SourceType {
        /** Keeps a copy. */
        public Choice {
            branches = List.copyOf(branches);
        }
    }

    /**
     * One type of a choice.
     *
     * @param name what its member is called, unless another one is called so
     * @param fullName what tells it from all others, of which the name is made where the short one is taken
     */
    record Branch(String name, String fullName, SourceType type) {}
}
