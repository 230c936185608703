package io.pagewalk.internal.iceberg.schema;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.mapping.MappedField;
import org.apache.iceberg.mapping.MappedFields;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.mapping.NameMappingParser;
import org.jspecify.annotations.Nullable;

/** By which names readers find the columns of files without ids. */
public final class NameMappings {
    private NameMappings() {}

    /**
     * A mapping by the names that a schema has now; null if a table has it already.
     *
     * @param present what the table has, or null; names that it knows besides stay, unless they are those of other columns
     */
    public static @Nullable String missing(Schema schema, @Nullable String present) {
        NameMapping wanted = MappingUtil.create(schema);
        if (present == null) {
            return NameMappingParser.toJson(wanted);
        }
        MappedFields kept = NameMappingParser.fromJson(present).asMappedFields();
        MappedFields merged = merged(wanted.asMappedFields(), kept);
        return merged.equals(kept) ? null : NameMappingParser.toJson(NameMapping.of(merged));
    }

    private static MappedFields merged(MappedFields wanted, @Nullable MappedFields kept) {
        if (kept == null) {
            return wanted;
        }
        Set<String> taken = new LinkedHashSet<>();
        wanted.fields().forEach(field -> taken.addAll(field.names()));
        List<MappedField> fields = new ArrayList<>();
        for (MappedField field : wanted.fields()) {
            MappedField known = kept.field(field.id());
            Set<String> names = new LinkedHashSet<>(field.names());
            if (known != null) {
                known.names().stream().filter(name -> !taken.contains(name)).forEach(names::add);
            }
            MappedFields nested = field.nestedMapping() == null
                    ? null
                    : merged(field.nestedMapping(), known == null ? null : known.nestedMapping());
            fields.add(MappedField.of(field.id(), names, nested));
        }
        return MappedFields.of(fields);
    }
}
