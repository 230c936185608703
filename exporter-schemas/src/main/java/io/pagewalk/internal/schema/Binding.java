package io.pagewalk.internal.schema;

import io.pagewalk.row.RowLayout.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one version become values of the table: one node for each type of the version, in the shape of its
 * {@link SourceType}. A decoder compiles it, together with what it knows of the version, into whatever it reads payloads with.
 * Immutable, and safe for use by any number of threads.
 *
 * <p>What is null, or missing, in a payload has the same form at every node, so that no node says it: see {@link #place()}.
 *
 * <p>Every leaf of the table gets at least one event for each payload: a decoder that comes to a node gives events for all leaves below
 * the node's place, and one that finds a node's value null, or a list or a map empty, gives {@link Absence} instead.
 */
public sealed interface Binding {
    /**
     * The place in the table that is filled; null if none is. A value that is null, where the version allows that, leaves the place
     * absent at {@link Place#absent()}, and is bad if the place's member is not optional. If there is no place, a null has no event.
     */
    @Nullable
    Place place();

    /** Only null, which the table has no column for: it is read over and gives no event. Whatever the version has below is read over. */
    record Dropped() implements Binding {
        @Override
        public @Nullable Place place() {
            return null;
        }
    }

    /** Only null, while other versions have values there. */
    record Nothing(Place place) implements Binding {}

    /**
     * A value that is there is bad, whatever it is; one that is null is not.
     *
     * @param place null if the table has no such column at all
     * @param reason a fixed text, for people
     */
    record Refused(@Nullable Place place, String reason) implements Binding {}

    /**
     * A value without parts, which goes through a {@link LeafWriter}.
     *
     * @param from what the decoder is to take the value for, and to give to the writer. Where other versions said what values mean and
     *     this one does not, it is what they said: an int may be a date, and bytes a decimal. The kind JSON asks the decoder for a JSON
     *     text of all that is there, however many parts it has.
     */
    record Leaf(Place place, SourceType.Value from) implements Binding {}

    /**
     * A group.
     *
     * @param fields one for each field of the version's group, in its order
     * @param absent what is to be added whenever the group is there: members that the version does not have, as null or with their
     *     defaults, and the member that says that an empty group is there
     */
    record Group(Place place, List<Binding> fields, List<Constant> absent) implements Binding {
        /** Keeps copies. */
        public Group {
            fields = List.copyOf(fields);
            absent = List.copyOf(absent);
        }
    }

    /** A list. Its element's place is the place's only child. */
    record Many(Place place, Binding element) implements Binding {}

    /**
     * A map. Its keys' place is the place's first child, its values' the second.
     *
     * @param key keys that decoders give to a writer as they do with values
     */
    record Entries(Place place, Leaf key, Binding value) implements Binding {}

    /**
     * One of several types.
     *
     * @param branches one for each branch of the version's choice, in its order
     */
    record Choice(Place place, List<Binding> branches) implements Binding {
        /** Keeps a copy. */
        public Choice {
            branches = List.copyOf(branches);
        }
    }

    /**
     * A value that is of one member of a struct: a branch of a choice, or a type that is alone in this version while others have a
     * choice of it. If it is null, or missing, the struct as a whole is.
     *
     * @param place the struct's
     * @param inner the member's, whose own place is one of the struct's children
     * @param siblings all other members, as null
     */
    record Within(Place place, Binding inner, List<Constant> siblings) implements Binding {
        /** Keeps a copy. */
        public Within {
            siblings = List.copyOf(siblings);
        }
    }
}
