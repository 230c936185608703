package io.pagewalk.internal.schema.column;

import io.pagewalk.internal.schema.Binding;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import io.pagewalk.internal.schema.merge.SchemaSubject;
import io.pagewalk.internal.schema.merge.SchemaVersion;
import io.pagewalk.internal.schema.merge.TableSchema;
import io.pagewalk.internal.schema.merge.Unmatched;
import io.pagewalk.payload.PinnedSchemas;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The table of a column, and how each version that was known when it was made is bound to it. The same versions give the same table.
 * Immutable, and safe for use by any number of threads.
 */
final class ColumnTable {
    /** @param pinned what is on record of it */
    record Version(PinnedSchemas.Version pinned, ParsedVersion schema) {}

    /** What has a column of its own: one message of one subject, of many of either the table has a member for each. */
    private record Place(String subject, int message) {}

    private final TableSchema table;
    private final List<Version> versions;
    private final List<Place> places;
    private final List<Map<Integer, Binding>> bindings;

    private ColumnTable(TableSchema table, List<Version> versions, List<Place> places) {
        this.table = table;
        this.versions = versions;
        this.places = places;
        List<Map<Integer, Binding>> bound = new ArrayList<>();
        Map<Place, Integer> merged = new HashMap<>();
        for (Version version : versions) {
            Map<Integer, Binding> ofVersion = new HashMap<>();
            version.schema().messages().forEach((message, schema) -> {
                Place place = new Place(version.pinned().subject(), message);
                int index = places.indexOf(place);
                if (version.pinned().merged()) {
                    ofVersion.put(message, table.binding(index, merged.merge(place, 1, Integer::sum) - 1));
                } else if (index >= 0) {
                    ofVersion.put(message, table.bindLater(index, schema.type(), Unmatched.DROPPED));
                }
            });
            bound.add(Map.copyOf(ofVersion));
        }
        bindings = List.copyOf(bound);
    }

    /**
     * Makes the table.
     *
     * @param column {@code key} or {@code value}
     * @param versions those of a subject oldest first; of each subject at least one is merged
     * @param messages which messages payloads may be
     * @param unit of all times in the table
     * @throws SchemaRefusedException if there is no table for them
     */
    static ColumnTable of(String column, List<Version> versions, MessageChoice messages, TimeUnit unit)
            throws SchemaRefusedException {
        Map<Place, List<SchemaVersion>> merged = new LinkedHashMap<>();
        for (Version version : versions) {
            if (version.pinned().merged()) {
                version.schema()
                        .messages()
                        .forEach((message, schema) -> merged.computeIfAbsent(
                                        new Place(version.pinned().subject(), message), place -> new ArrayList<>())
                                .add(new SchemaVersion(label(version.pinned()), schema.type())));
            }
        }
        if (messages.isSeveral()) {
            requireEach(messages, merged.keySet());
        }
        List<SchemaSubject> subjects = merged.entrySet().stream()
                .map(one -> new SchemaSubject(name(one.getKey(), messages), one.getValue()))
                .toList();
        return new ColumnTable(
                TableSchema.merge(column, subjects, unit), List.copyOf(versions), List.copyOf(merged.keySet()));
    }

    private static void requireEach(MessageChoice messages, Set<Place> places) throws SchemaRefusedException {
        for (int i = 0; i < messages.names().size(); i++) {
            int message = i;
            if (places.stream().noneMatch(place -> place.message() == message)) {
                throw new SchemaRefusedException(
                        "no version has the message " + messages.names().get(i));
            }
        }
    }

    private static String name(Place place, MessageChoice messages) {
        return messages.isSeveral() ? place.subject() + " " + messages.names().get(place.message()) : place.subject();
    }

    /** How people are told of a version. */
    static String label(PinnedSchemas.Version version) {
        return version.subject().isEmpty() ? "the file" : version.subject() + " version " + version.number();
    }

    TableSchema table() {
        return table;
    }

    List<Version> versions() {
        return versions;
    }

    /** How values of each message of a version become the table's. */
    Map<Integer, Binding> bindings(int version) {
        return bindings.get(version);
    }

    /**
     * Likewise, of a version that was not known when the table was made.
     *
     * @param subject what it is registered under
     * @return empty if the table has no place for the subject, or for any of its messages
     */
    Map<Integer, Binding> bindLater(String subject, ParsedVersion schema) {
        List<String> subjects = places.stream().map(Place::subject).distinct().toList();
        String own = subjects.size() == 1 ? subjects.get(0) : subject;
        Map<Integer, Binding> bound = new HashMap<>();
        schema.messages().forEach((message, one) -> {
            int index = places.indexOf(new Place(own, message));
            if (index >= 0) {
                bound.put(message, table.bindLater(index, one.type(), Unmatched.BAD));
            }
        });
        return bound;
    }
}
