package io.pagewalk.internal.schema.merge;

import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.Binding;
import io.pagewalk.internal.schema.Constant;
import io.pagewalk.internal.schema.Preset;
import io.pagewalk.internal.schema.SourceField;
import io.pagewalk.internal.schema.SourceType;
import io.pagewalk.internal.schema.merge.MergedNode.At;
import io.pagewalk.internal.schema.merge.MergedNode.Branch;
import io.pagewalk.internal.schema.merge.MergedNode.Field;
import io.pagewalk.internal.schema.merge.MergedNode.Identity;
import io.pagewalk.row.ColumnType.Scalar;
import io.pagewalk.row.RowEvents;
import io.pagewalk.row.RowLayout;
import io.pagewalk.row.RowLayout.Place;
import io.pagewalk.row.ScalarKind;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Binds versions to what all of them were merged to, or later ones. */
final class Binder {
    /** The number of a version that was not merged. */
    static final int LATER = -1;

    private static final String OTHER_TYPE = "value does not fit the column's type";
    private static final String NO_COLUMN = "table has no such column";
    private static final String LACKING = "a column that is never null is missing";

    private final RowLayout layout;
    private final Notices notices;
    private final IdentityHashMap<Field, Constant> presets = new IdentityHashMap<>();

    Binder(RowLayout layout, Notices notices) {
        this.layout = layout;
        this.notices = notices;
    }

    /** Whether a field's default is one. */
    boolean hasPreset(Field field) {
        return presets.containsKey(field);
    }

    /** Finds out which defaults there are, and has a notice of those that are none. Before anything else. */
    void addPresets(String path, MergedNode node, Place place) {
        if (node instanceof MergedNode.Group group) {
            for (int index = 0; index < group.fields().size(); index++) {
                Field field = group.fields().get(index);
                Place below = column(group, place, index);
                String belowPath = path + "." + field.name();
                addPresets(belowPath, field.node(), below);
                addPreset(belowPath, field, below);
            }
        } else if (node instanceof MergedNode.Choice choice) {
            for (int index = 0; index < choice.branches().size(); index++) {
                Branch branch = choice.branches().get(index);
                addPresets(
                        path + "." + branch.name(),
                        branch.node(),
                        place.children().get(index));
            }
        } else if (node instanceof MergedNode.Many many) {
            addPresets(
                    path + ".element", many.element().node(), place.children().get(0));
        } else if (node instanceof MergedNode.Entries entries) {
            addPresets(path + ".value", entries.value().node(), place.children().get(1));
        }
    }

    private void addPreset(String path, Field field, Place place) {
        Preset preset = field.preset();
        At type = field.presetType();
        if (preset == null || type == null) {
            return;
        }
        try {
            RowEvents events = new RowEvents();
            events.begin(new byte[0]);
            PresetEvents.emit(
                    events, preset, type.type(), bind(field.node(), place, type.type(), type.version(), Unmatched.BAD));
            presets.put(
                    field,
                    Constant.of(
                            events, leaf -> !layout.leaves().get(leaf).type().isNumber()));
        } catch (BadPayloadException bad) {
            notices.add(TableNotice.Kind.DEFAULT, path, "has a default that does not fit, which is not used");
        }
    }

    private static Place column(MergedNode.Group group, Place place, int index) {
        return place.children().get(index + (group.present() == null ? 0 : 1));
    }

    /** Binds one type of a version. */
    Binding bind(MergedNode node, Place place, SourceType type, int version, Unmatched unmatched) {
        if (type instanceof SourceType.Nothing) {
            return new Binding.Nothing(place);
        }
        if (node instanceof MergedNode.Choice choice) {
            return bindChoice(choice, place, type, version, unmatched);
        }
        if (type instanceof SourceType.Choice several) {
            return new Binding.Choice(
                    place,
                    several.branches().stream()
                            .map(branch -> bind(node, place, branch.type(), LATER, unmatched))
                            .toList());
        }
        if (node instanceof MergedNode.Leaf leaf && type instanceof SourceType.Value value) {
            SourceType.Value from = ValueJoin.convert(value, leaf.type(), leaf.readings());
            return from == null ? new Binding.Refused(place, OTHER_TYPE) : new Binding.Leaf(place, from);
        }
        if (node instanceof MergedNode.Many many && type instanceof SourceType.Many from) {
            Place element = place.children().get(0);
            return new Binding.Many(place, bind(many.element().node(), element, from.element(), version, unmatched));
        }
        if (node instanceof MergedNode.Entries entries && type instanceof SourceType.Entries from) {
            return bindMap(entries, place, from, version, unmatched);
        }
        if (node instanceof MergedNode.Group group && type instanceof SourceType.Group from) {
            return bindGroup(group, place, from, version, unmatched);
        }
        return new Binding.Refused(place, OTHER_TYPE);
    }

    private Binding bindMap(
            MergedNode.Entries entries, Place place, SourceType.Entries from, int version, Unmatched unmatched) {
        SourceType.Value key = ValueJoin.convert(new SourceType.Value(from.key()), entries.key(), Map.of());
        if (key == null) {
            return new Binding.Refused(place, OTHER_TYPE);
        }
        return new Binding.Entries(
                place,
                new Binding.Leaf(place.children().get(0), key),
                bind(entries.value().node(), place.children().get(1), from.value(), version, unmatched));
    }

    private Binding bindChoice(
            MergedNode.Choice choice, Place place, SourceType type, int version, Unmatched unmatched) {
        if (type instanceof SourceType.Choice several) {
            List<Binding> branches = new ArrayList<>();
            for (SourceType.Branch branch : several.branches()) {
                int index = 0;
                while (index < choice.branches().size()
                        && !choice.branches().get(index).fullName().equals(branch.fullName())) {
                    index++;
                }
                branches.add(bindBranch(choice, index, place, branch.type(), version, unmatched));
            }
            return new Binding.Choice(place, branches);
        }
        return bindBranch(choice, home(choice, type, version), place, type, version, unmatched);
    }

    private static int home(MergedNode.Choice choice, SourceType type, int version) {
        List<BranchTypes> types = choice.branches().stream()
                .map(branch -> new BranchTypes(branch.name(), branch.fullName(), branch.types()))
                .toList();
        for (int index = 0; index < types.size(); index++) {
            if (version != LATER && choice.branches().get(index).has(version)) {
                return index;
            }
        }
        BranchTypes home = BranchTypes.home(types, type);
        return home == null ? types.size() : types.indexOf(home);
    }

    /** A value of one member of a struct; of none if the index is behind the last. */
    Binding bindBranch(
            MergedNode.Choice choice, int index, Place place, SourceType type, int version, Unmatched unmatched) {
        if (index == choice.branches().size()) {
            return new Binding.Refused(place, NO_COLUMN);
        }
        Place member = place.children().get(index);
        Binding inner = bind(choice.branches().get(index).node(), member, type, version, unmatched);
        return new Binding.Within(
                place,
                inner,
                place.children().stream()
                        .filter(other -> other.firstLeaf() != member.firstLeaf())
                        .map(Constant::absent)
                        .toList());
    }

    private Binding bindGroup(
            MergedNode.Group group, Place place, SourceType.Group from, int version, Unmatched unmatched) {
        List<Field> fields =
                Stream.concat(group.fields().stream(), group.others().stream()).toList();
        int[] matched = matched(fields, from, version);
        List<Binding> bindings = new ArrayList<>();
        boolean[] filled = new boolean[fields.size()];
        for (int index = 0; index < matched.length; index++) {
            SourceField field = from.fields().get(index);
            if (matched[index] >= 0) {
                filled[matched[index]] = true;
            }
            bindings.add(bindField(group, place, field, matched[index], version, unmatched));
        }
        List<Constant> absent = new ArrayList<>();
        if (group.present() != null) {
            absent.add(present(place.children().get(0)));
        }
        for (int index = 0; index < group.fields().size(); index++) {
            Place member = column(group, place, index);
            Constant preset = presets.get(group.fields().get(index));
            if (filled[index]) {
                continue;
            }
            if (preset == null && !member.member().optional()) {
                return new Binding.Refused(place, LACKING);
            }
            absent.add(preset == null ? Constant.absent(member) : preset);
        }
        return new Binding.Group(place, bindings, absent);
    }

    private static int[] matched(List<Field> fields, SourceType.Group from, int version) {
        List<Identity> identities = fields.stream().map(Field::identity).toList();
        int[] matched = FieldMatch.matchLater(identities, from.fields());
        for (int index = 0; version != LATER && index < identities.size(); index++) {
            Integer source = identities.get(index).sources().get(version);
            if (source != null) {
                matched[source] = index;
            }
        }
        return matched;
    }

    private Binding bindField(
            MergedNode.Group group, Place place, SourceField field, int index, int version, Unmatched unmatched) {
        if (index >= 0 && index < group.fields().size()) {
            return bind(
                    group.fields().get(index).node(), column(group, place, index), field.type(), version, unmatched);
        }
        return unmatched == Unmatched.DROPPED || field.type() instanceof SourceType.Nothing
                ? new Binding.Dropped()
                : new Binding.Refused(null, NO_COLUMN);
    }

    private static Constant present(Place place) {
        RowEvents events = new RowEvents();
        events.begin(new byte[0]);
        if (!place.member().type().equals(Scalar.of(ScalarKind.BOOLEAN))) {
            throw new IllegalStateException(place.toString());
        }
        events.number(place.firstLeaf(), 0, place.definition(), 1);
        return Constant.of(events, leaf -> false);
    }
}
