package io.pagewalk.internal.schema.merge;

import io.pagewalk.internal.schema.Absence;
import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.Binding;
import io.pagewalk.internal.schema.Constant;
import io.pagewalk.internal.schema.LeafWriter;
import io.pagewalk.internal.schema.Preset;
import io.pagewalk.internal.schema.SourceField;
import io.pagewalk.internal.schema.SourceType;
import io.pagewalk.row.RowEvents;
import io.pagewalk.row.RowLayout.Place;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Values that schemas give, as events of the table. */
final class PresetEvents {
    private final RowEvents events;

    private PresetEvents(RowEvents events) {
        this.events = events;
    }

    /**
     * A value, through the binding of its own version.
     *
     * @throws BadPayloadException if it is no value of its type, or does not fit into the table
     */
    static void emit(RowEvents events, Preset preset, SourceType type, Binding binding) throws BadPayloadException {
        new PresetEvents(events).emit(preset, type, binding, 0);
    }

    private void emit(Preset preset, SourceType type, Binding binding, int repetition) throws BadPayloadException {
        Place place = binding.place();
        if (binding instanceof Binding.Dropped) {
            return;
        }
        if (preset instanceof Preset.Null) {
            if (place == null || !place.member().optional()) {
                throw bad();
            }
            Absence.ofNull(events, place, repetition);
        } else if (binding instanceof Binding.Within within) {
            emit(preset, type, within.inner(), repetition);
            for (Constant sibling : within.siblings()) {
                sibling.emit(events, repetition);
            }
        } else if (binding instanceof Binding.Leaf leaf) {
            scalar(preset, leaf, repetition);
        } else if (binding instanceof Binding.Group group
                && preset instanceof Preset.Group values
                && type instanceof SourceType.Group from) {
            group(values, from, group, repetition);
        } else if (binding instanceof Binding.Many many
                && preset instanceof Preset.Many values
                && type instanceof SourceType.Many from) {
            list(values, from, many, repetition);
        } else if (binding instanceof Binding.Entries entries
                && preset instanceof Preset.Entries values
                && type instanceof SourceType.Entries from) {
            map(values, from, entries, repetition);
        } else if (binding instanceof Binding.Choice choice
                && preset instanceof Preset.Choice value
                && type instanceof SourceType.Choice from) {
            choice(value, from, choice, repetition);
        } else {
            throw bad();
        }
    }

    private void scalar(Preset preset, Binding.Leaf leaf, int repetition) throws BadPayloadException {
        LeafWriter writer = LeafWriter.of(leaf);
        if (preset instanceof Preset.Number number && leaf.from().type().isNumber()) {
            writer.number(events, repetition, number.value());
        } else if (preset instanceof Preset.Bytes bytes && !leaf.from().type().isNumber()) {
            writer.made(events, repetition, bytes.value(), 0, bytes.value().length);
        } else {
            throw bad();
        }
    }

    private void group(Preset.Group values, SourceType.Group from, Binding.Group group, int repetition)
            throws BadPayloadException {
        for (int index = 0; index < from.fields().size(); index++) {
            SourceField field = from.fields().get(index);
            Preset value = values.fields().get(field.name());
            if (value == null) {
                throw bad();
            }
            emit(value, field.type(), group.fields().get(index), repetition);
        }
        for (Constant absent : group.absent()) {
            absent.emit(events, repetition);
        }
    }

    private void list(Preset.Many values, SourceType.Many from, Binding.Many many, int repetition)
            throws BadPayloadException {
        List<Preset> elements = values.elements();
        if (elements.isEmpty()) {
            Absence.ofEmpty(events, many.place(), repetition);
        }
        for (int index = 0; index < elements.size(); index++) {
            int level = index == 0 ? repetition : many.place().repetition() + 1;
            emit(elements.get(index), from.element(), many.element(), level);
        }
    }

    private void map(Preset.Entries values, SourceType.Entries from, Binding.Entries entries, int repetition)
            throws BadPayloadException {
        if (values.values().isEmpty()) {
            Absence.ofEmpty(events, entries.place(), repetition);
        }
        LeafWriter keys = LeafWriter.of(entries.key());
        int level = repetition;
        for (Map.Entry<String, Preset> entry : values.values().entrySet()) {
            byte[] key = entry.getKey().getBytes(StandardCharsets.UTF_8);
            if (entries.key().from().type().isNumber()) {
                throw bad();
            }
            keys.made(events, level, key, 0, key.length);
            emit(entry.getValue(), from.value(), entries.value(), level);
            level = entries.place().repetition() + 1;
        }
    }

    private void choice(Preset.Choice value, SourceType.Choice from, Binding.Choice choice, int repetition)
            throws BadPayloadException {
        for (int index = 0; index < from.branches().size(); index++) {
            SourceType.Branch branch = from.branches().get(index);
            if (branch.fullName().equals(value.fullName())) {
                emit(value.value(), branch.type(), choice.branches().get(index), repetition);
                return;
            }
        }
        throw bad();
    }

    private static BadPayloadException bad() {
        return new BadPayloadException("no value of its type");
    }
}
