package io.pagewalk.internal.schema.json;

import java.util.List;

/** What a JSON Schema says of a value, as far as columns need it. Null may stand anywhere. */
sealed interface JsonShape {
    /** A value without parts. */
    enum Simple implements JsonShape {
        /** A number without a fraction, of 64 bits. */
        INTEGER,
        /** Any number. */
        NUMBER,
        /** A text. */
        STRING,
        /** True or false. */
        BOOLEAN,
        /** Only null. */
        NULL,
        /** Whatever it is, as text. */
        ANY
    }

    /** A member of an object. */
    record Property(String name, JsonShape shape) {}

    /**
     * Members by name.
     *
     * @param more whether there may be others
     */
    record ObjectOf(List<Property> properties, boolean more) implements JsonShape {
        /** Keeps a copy. */
        public ObjectOf {
            properties = List.copyOf(properties);
        }

        /** What the column of other members is called. */
        String nameOfMore() {
            StringBuilder name = new StringBuilder("_more");
            while (properties.stream().anyMatch(property -> property.name().contentEquals(name))) {
                name.append('_');
            }
            return name.toString();
        }
    }

    /** An object whose members are all alike. */
    record MapOf(JsonShape value) implements JsonShape {}

    /** An array whose elements are all alike. */
    record ListOf(JsonShape element) implements JsonShape {}
}
