package io.pagewalk.internal.schema.merge;

import io.pagewalk.internal.schema.SourceField;
import io.pagewalk.internal.schema.SourceType;
import io.pagewalk.internal.schema.merge.MergedNode.At;
import io.pagewalk.internal.schema.merge.MergedNode.Identity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Which fields of versions are the same one: by number if they have one, else by name, else by what versions in between called it, else
 * by an alias. Newer versions are asked first, and whatever is matched by a name is no longer there for an alias.
 */
final class FieldMatch {
    private static final int NONE = -1;

    private FieldMatch() {}

    /**
     * The fields of all versions.
     *
     * @param groups newest first
     * @return in the order of the newest version, then in that of the one before for what the newest does not have, and so on
     */
    static List<Identity> identities(List<At> groups) {
        List<Identity> identities = new ArrayList<>();
        for (At at : groups) {
            List<SourceField> fields = ((SourceType.Group) at.type()).fields();
            int[] matched = match(identities, fields);
            for (int index = 0; index < matched.length; index++) {
                SourceField field = fields.get(index);
                if (matched[index] == NONE) {
                    matched[index] = identities.size();
                    identities.add(new Identity(
                            field.name(),
                            new LinkedHashSet<>(),
                            new LinkedHashSet<>(),
                            field.number(),
                            new LinkedHashMap<>()));
                }
                Identity identity = identities.get(matched[index]);
                identity.names().add(field.name());
                identity.aliases().addAll(field.aliases());
                identity.sources().put(at.version(), index);
            }
        }
        return identities;
    }

    /** For each field the index of what it is; -1 if it is none of them. */
    static int[] match(List<Identity> identities, List<SourceField> fields) {
        Matching matching = new Matching(identities, fields);
        matching.by(identity -> List.of(identity.name()));
        matching.by(Identity::names);
        matching.by(Identity::aliases);
        return matching.matched;
    }

    /** As {@link #match}, and also by the aliases of the fields, as these may be newer than all that is known. */
    static int[] matchLater(List<Identity> identities, List<SourceField> fields) {
        Matching matching = new Matching(identities, fields);
        matching.by(identity -> List.of(identity.name()));
        matching.by(Identity::names);
        matching.byOwnAliases();
        matching.by(Identity::aliases);
        return matching.matched;
    }

    private static final class Matching {
        private final List<Identity> identities;
        private final List<SourceField> fields;
        private final int[] matched;
        private final boolean[] taken;
        private final Map<String, Integer> byName = new HashMap<>();

        Matching(List<Identity> identities, List<SourceField> fields) {
            this.identities = identities;
            this.fields = fields;
            matched = new int[fields.size()];
            taken = new boolean[identities.size()];
            Map<Integer, Integer> numbers = new HashMap<>();
            for (int index = 0; index < identities.size(); index++) {
                if (identities.get(index).number() != 0) {
                    numbers.put(identities.get(index).number(), index);
                }
            }
            for (int index = 0; index < matched.length; index++) {
                SourceField field = fields.get(index);
                matched[index] = NONE;
                if (field.number() == 0) {
                    byName.put(field.name(), index);
                } else {
                    take(index, numbers.getOrDefault(field.number(), NONE));
                }
            }
        }

        private void take(int field, int identity) {
            if (identity != NONE && !taken[identity]) {
                taken[identity] = true;
                matched[field] = identity;
            }
        }

        void by(Function<Identity, Iterable<String>> names) {
            for (int index = 0; index < taken.length; index++) {
                Identity identity = identities.get(index);
                if (taken[index] || identity.number() != 0) {
                    continue;
                }
                for (String name : names.apply(identity)) {
                    Integer field = byName.get(name);
                    if (field != null && matched[field] == NONE) {
                        take(field, index);
                        break;
                    }
                }
            }
        }

        void byOwnAliases() {
            Map<String, Integer> known = new HashMap<>();
            for (int index = 0; index < taken.length; index++) {
                if (identities.get(index).number() == 0) {
                    for (String name : identities.get(index).names()) {
                        known.putIfAbsent(name, index);
                    }
                }
            }
            for (int index = 0; index < matched.length; index++) {
                for (String alias : fields.get(index).aliases()) {
                    if (matched[index] == NONE && fields.get(index).number() == 0) {
                        take(index, known.getOrDefault(alias, NONE));
                    }
                }
            }
        }
    }
}
