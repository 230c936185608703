package io.pagewalk.internal.schema;

import java.util.List;
import java.util.Map;

/** A value that a schema gives itself, as the default of a field. */
@SuppressWarnings({"JavaLangClash", "ArrayRecordComponent"})
public sealed interface Preset {
    /** Null within something that is not. */
    record Null() implements Preset {}

    /** A number as {@link io.pagewalk.row.RowEvents#number} takes it for the field's type. */
    record Number(long value) implements Preset {}

    /** Bytes as {@link io.pagewalk.row.RowEvents#bytes} takes them for the field's type. Nobody changes them. */
    record Bytes(byte[] value) implements Preset {}

    /** Fields by their names, all of the type's. */
    record Group(Map<String, Preset> fields) implements Preset {}

    /** Elements in their order. */
    record Many(List<Preset> elements) implements Preset {}

    /** Values by keys that are text, in their order. */
    record Entries(Map<String, Preset> values) implements Preset {}

    /** A value of one type of several. */
    record Choice(String fullName, Preset value) implements Preset {}
}
