package io.pagewalk.internal.schema.avro;

import io.pagewalk.internal.schema.Absence;
import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.Binding;
import io.pagewalk.internal.schema.Constant;
import io.pagewalk.internal.schema.LeafWriter;
import io.pagewalk.row.RowEvents;
import io.pagewalk.row.RowLayout.Place;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Nodes of values that have parts, and of those that may be null. */
final class AvroContainers {
    private AvroContainers() {}

    static final class Fields extends AvroNode {
        private final AvroNode[] fields;
        private final String[] names;
        private final Constant[] absent;

        Fields(List<AvroNode> fields, List<String> names, List<Constant> absent) {
            this.fields = fields.toArray(AvroNode[]::new);
            this.names = names.toArray(String[]::new);
            this.absent = absent.toArray(Constant[]::new);
        }

        @Override
        void read(AvroInput in, RowEvents into, int repetition) throws BadPayloadException {
            int index = 0;
            try {
                for (; index < fields.length; index++) {
                    fields[index].read(in, into, repetition);
                }
            } catch (BadPayloadException bad) {
                throw bad.within(names[index]);
            }
            for (Constant constant : absent) {
                constant.emit(into, repetition);
            }
        }
    }

    /** One member of a struct whose others are null. */
    static final class Branch extends AvroNode {
        private final AvroNode inner;
        private final Constant[] siblings;

        Branch(AvroNode inner, List<Constant> siblings) {
            this.inner = inner;
            this.siblings = siblings.toArray(Constant[]::new);
        }

        @Override
        void read(AvroInput in, RowEvents into, int repetition) throws BadPayloadException {
            inner.read(in, into, repetition);
            for (Constant sibling : siblings) {
                sibling.emit(into, repetition);
            }
        }
    }

    static final class Items extends AvroNode {
        private final AvroNode element;
        private final Place place;
        private final int further;
        private final int least;

        Items(AvroNode element, Schema schema, Place place) {
            this.element = element;
            this.place = place;
            further = place.repetition() + 1;
            least = AvroSkip.leastBytes(schema);
        }

        @Override
        void read(AvroInput in, RowEvents into, int repetition) throws BadPayloadException {
            long items = in.block(least);
            if (items == 0) {
                Absence.ofEmpty(into, place, repetition);
                return;
            }
            int level = repetition;
            try {
                for (; items != 0; items = in.block(least)) {
                    for (; items > 0; items--) {
                        element.read(in, into, level);
                        level = further;
                        in.check(into);
                    }
                }
            } catch (BadPayloadException bad) {
                throw bad.within("element");
            }
        }
    }

    static final class Pairs extends AvroNode {
        private final LeafWriter keyWriter;
        private final AvroNode value;
        private final Schema schema;
        private final Place place;
        private final int further;

        Pairs(AvroNode value, Schema schema, Binding.Entries binding) {
            this.value = value;
            this.schema = schema;
            keyWriter = LeafWriter.of(binding.key());
            place = binding.place();
            further = place.repetition() + 1;
        }

        @Override
        void read(AvroInput in, RowEvents into, int repetition) throws BadPayloadException {
            MapKeys keys = in.keys();
            int mark = keys.mark();
            try {
                boolean careful = keys.isCareful();
                if (careful) {
                    lookThrough(in, schema, keys, mark);
                }
                pairs(in, into, repetition, keys, mark, careful);
            } catch (BadPayloadException bad) {
                throw bad.within("value");
            }
            keys.release(mark);
        }

        private void pairs(AvroInput in, RowEvents into, int repetition, MapKeys keys, int mark, boolean careful)
                throws BadPayloadException {
            int level = repetition;
            int index = mark;
            for (long items = in.block(1); items != 0; items = in.block(1)) {
                for (; items > 0; items--) {
                    int length = in.length();
                    int key = in.takeText(length);
                    if (careful && !keys.isKept(index++)) {
                        AvroSkip.skip(schema.getValueType(), in);
                        continue;
                    }
                    if (!careful) {
                        keys.add(key, length);
                    }
                    keyWriter.bytes(into, level, in.array(), key, length);
                    value.read(in, into, level);
                    level = further;
                    in.check(into);
                }
            }
            if (level == repetition && (careful ? index == mark : keys.mark() == mark)) {
                Absence.ofEmpty(into, place, repetition);
            } else if (!careful && !keys.areDistinct(mark, in.array())) {
                throw new DuplicateKeyException();
            }
        }
    }

    /** Notes the keys of the map that comes next, of which only the last of each is kept, and stays before it. */
    static void lookThrough(AvroInput in, Schema schema, MapKeys keys, int mark) throws BadPayloadException {
        int before = in.at();
        for (long items = in.block(1); items != 0; items = in.block(1)) {
            for (; items > 0; items--) {
                int length = in.length();
                keys.add(in.take(length), length);
                AvroSkip.skip(schema.getValueType(), in);
            }
        }
        keys.keepLast(mark, in.array());
        in.back(before);
    }

    /** A union, or a type that is only null. */
    static final class Union extends AvroNode {
        private final AvroNode[] types;

        Union(List<AvroNode> types) {
            this.types = types.toArray(AvroNode[]::new);
        }

        @Override
        void read(AvroInput in, RowEvents into, int repetition) throws BadPayloadException {
            types[in.index(types.length)].read(in, into, repetition);
        }
    }

    static final class Null extends AvroNode {
        private final @Nullable Place place;

        Null(@Nullable Place place) {
            this.place = place;
        }

        @Override
        void read(AvroInput in, RowEvents into, int repetition) throws BadPayloadException {
            if (place == null) {
                return;
            }
            if (!place.member().optional()) {
                throw new BadPayloadException("null in a column that is never null");
            }
            Absence.ofNull(into, place, repetition);
        }
    }

    static final class Refused extends AvroNode {
        private final String reason;

        Refused(String reason) {
            this.reason = reason;
        }

        @Override
        void read(AvroInput in, RowEvents into, int repetition) throws BadPayloadException {
            throw new BadPayloadException(reason);
        }
    }

    static final class Dropped extends AvroNode {
        private final Schema schema;

        Dropped(Schema schema) {
            this.schema = schema;
        }

        @Override
        void read(AvroInput in, RowEvents into, int repetition) throws BadPayloadException {
            AvroSkip.skip(schema, in);
        }
    }

    static final class Duration extends AvroNode {
        private final LeafWriter[] parts;
        private final Constant[] absent;

        Duration(List<LeafWriter> parts, List<Constant> absent) {
            this.parts = parts.toArray(LeafWriter[]::new);
            this.absent = absent.toArray(Constant[]::new);
        }

        @Override
        void read(AvroInput in, RowEvents into, int repetition) throws BadPayloadException {
            for (LeafWriter part : parts) {
                part.number(into, repetition, Integer.toUnsignedLong(in.readFloat()));
            }
            for (Constant constant : absent) {
                constant.emit(into, repetition);
            }
        }
    }
}
