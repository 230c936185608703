package io.pagewalk.internal.schema.column;

import io.pagewalk.internal.schema.frame.SchemaKey;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import io.pagewalk.internal.schema.protobuf.ProtobufMessage;
import io.pagewalk.internal.schema.protobuf.ProtobufSchema;
import io.pagewalk.internal.schema.registry.RegisteredSchema;
import io.pagewalk.internal.schema.registry.RegisteredVersion;
import io.pagewalk.internal.schema.registry.SchemaAnswer;
import io.pagewalk.internal.schema.registry.SchemaKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds out which messages of their Protobuf schemas sampled payloads are. */
final class SampledMessages {
    private final Map<String, RegisteredSchema> byKey = new HashMap<>();
    private final Map<String, ProtobufSchema> files = new HashMap<>();
    private boolean onlyFirst = true;

    /** @param versions all that may be of payloads */
    SampledMessages(List<List<RegisteredVersion>> versions) {
        for (List<RegisteredVersion> subject : versions) {
            for (RegisteredVersion version : subject) {
                if (version.schema() instanceof SchemaAnswer.Found found
                        && found.schema().kind() == SchemaKind.PROTOBUF) {
                    byKey.put(version.key().text(), found.schema());
                    if (version.guid() != null) {
                        byKey.put(new SchemaKey.Guid(version.guid()).text(), found.schema());
                    }
                }
            }
        }
    }

    /** Their names, with commas between, in alphabetical order; empty if each is the first one of its schema, or none can be told. */
    String of(SampledFrames sampled) {
        SortedSet<String> names = new TreeSet<>();
        if (!byKey.isEmpty()) {
            for (SampledFrames.Message message : sampled.messages()) {
                RegisteredSchema schema = byKey.get(message.schema());
                String name = schema == null ? null : name(schema, message);
                if (name != null) {
                    names.add(name);
                }
            }
        }
        return onlyFirst ? "" : String.join(",", names);
    }

    private @Nullable String name(RegisteredSchema schema, SampledFrames.Message message) {
        try {
            ProtobufSchema file = files.get(schema.digest());
            if (file == null) {
                file = ParsedVersion.file(schema, "schema " + message.schema());
                files.put(schema.digest(), file);
            }
            String first = file.first().name();
            ProtobufMessage found;
            if (message.name() != null) {
                found = file.named(message.name());
            } else if (message.path().isEmpty()) {
                found = file.first();
            } else {
                found = file.at(
                        message.path().stream().mapToInt(Integer::intValue).toArray());
            }
            onlyFirst &= found.name().equals(first);
            return found.name();
        } catch (SchemaRefusedException e) {
            // What cannot be read of it is told of where columns are made.
            return null;
        }
    }
}
