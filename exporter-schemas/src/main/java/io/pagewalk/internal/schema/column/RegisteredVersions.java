package io.pagewalk.internal.schema.column;

import io.pagewalk.error.UsageException;
import io.pagewalk.internal.schema.frame.SchemaKey;
import io.pagewalk.internal.schema.registry.RegisteredVersion;
import io.pagewalk.internal.schema.registry.SchemaRegistry;
import io.pagewalk.internal.schema.registry.SubjectVersion;
import io.pagewalk.payload.SchemaChoice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which subjects a column's schemas are of, and all their versions, as a registry has them now. */
final class RegisteredVersions {
    private final SchemaRegistry registry;
    private final String topic;
    private final String column;
    private final SchemaChoice choice;

    RegisteredVersions(SchemaRegistry registry, String topic, String column, SchemaChoice choice) {
        this.registry = registry;
        this.topic = topic;
        this.column = column;
        this.choice = choice;
    }

    /**
     * All versions, those of a subject oldest first; the subjects in the order in which they were registered first.
     *
     * @param sampled what schemas payloads are of that were looked at
     * @throws UsageException if there is no subject
     */
    List<List<RegisteredVersion>> find(Set<SchemaKey> sampled) {
        Map<String, List<RegisteredVersion>> found = new LinkedHashMap<>();
        if (choice.subjects().isEmpty()) {
            registry.usualSubject(topic, column).ifPresent(subject -> add(subject, found));
            for (SchemaKey key : sampled) {
                if (!has(found, key)) {
                    subjectOf(key).ifPresent(subject -> add(subject, found));
                }
            }
        } else {
            named().forEach(subject -> add(subject, found));
        }
        if (found.isEmpty()) {
            throw new UsageException(
                    choice.subjects().isEmpty()
                            ? "the schema registry has no subject "
                                    + registry.usualSubject(topic, column).orElse("of " + topic)
                                    + ", and none of the schemas that sampled records name"
                            : "the schema registry has no subject " + String.join(", ", choice.subjects()));
        }
        List<List<RegisteredVersion>> subjects = new ArrayList<>(found.values());
        // Where ids do not count, names do.
        subjects.sort(Comparator.comparingInt(RegisteredVersions::firstId)
                .thenComparing(versions -> versions.get(0).at().subject()));
        return subjects;
    }

    private static int firstId(List<RegisteredVersion> versions) {
        return versions.stream()
                .mapToInt(version -> version.key() instanceof SchemaKey.Id id ? id.id() : 0)
                .min()
                .orElse(0);
    }

    private void add(String subject, Map<String, List<RegisteredVersion>> found) {
        List<RegisteredVersion> versions = registry.allVersions(subject);
        if (!versions.isEmpty()) {
            found.putIfAbsent(subject, versions);
        }
    }

    private static boolean has(Map<String, List<RegisteredVersion>> found, SchemaKey key) {
        return found.values().stream()
                .flatMap(List::stream)
                .anyMatch(version -> version.key().equals(key));
    }

    /** One schema may be registered for other topics, too: those are preferred whose names begin with this one's. */
    private Optional<String> subjectOf(SchemaKey key) {
        return registry.subjectsOf(key).stream()
                .map(SubjectVersion::subject)
                .min(Comparator.comparing((String subject) -> !subject.startsWith(topic + "-"))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private Set<String> named() {
        Set<String> named = new TreeSet<>();
        for (String subject : choice.subjects()) {
            if (subject.contains("*")) {
                Pattern pattern = Pattern.compile(Pattern.quote(subject).replace("*", "\\E.*\\Q"), Pattern.DOTALL);
                registry.subjects().stream()
                        .filter(name -> pattern.matcher(name).matches())
                        .forEach(named::add);
            } else {
                named.add(subject);
            }
        }
        return named;
    }
}
