package io.pagewalk.internal.schema.merge;

import io.pagewalk.internal.schema.merge.TableNotice.Kind;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The names of one struct's members. Fields keep theirs if they can; names of ours stay away from them. */
final class Names {
    private final Set<String> taken = new HashSet<>();
    private final Set<String> lowerCase = new HashSet<>();
    private final String path;
    private final Notices notices;

    Names(String path, Notices notices) {
        this.path = path;
        this.notices = notices;
    }

    /** A field's name, or what is made of it if it has none or an older field has the same one. */
    String field(String name, int number) {
        String wished = name.isEmpty() ? "_" : name;
        String free = wished;
        for (int suffix = number == 0 ? 2 : number; taken.contains(free); suffix++) {
            free = wished + "_" + suffix;
        }
        if (!free.equals(name)) {
            notices.add(Kind.NAME, path + "." + free, "is called '" + name + "' in its schema");
        }
        if (!take(free)) {
            notices.add(
                    Kind.NAME,
                    path + "." + free,
                    "differs from another one in upper and lower case alone: Spark reads it with spark.sql.caseSensitive=true,"
                            + " DuckDB under another name");
        } else if (!free.chars().allMatch(Names::isPlain)) {
            notices.add(Kind.NAME, path + "." + free, "has characters that readers want quoted");
        }
        return free;
    }

    private static boolean isPlain(int character) {
        return character == '_' || (character < 0x80 && Character.isLetterOrDigit(character));
    }

    /** The name of a choice's type: the short one if no other is called so, in whatever case. */
    String branch(String name, String fullName) {
        String full = fullName.replace('.', '_');
        String free = name.isEmpty() ? full : name;
        for (int suffix = 1; !take(free); suffix++) {
            free = suffix == 1 ? full : full + "_" + suffix;
        }
        return free;
    }

    private boolean take(String name) {
        taken.add(name);
        return lowerCase.add(name.toLowerCase(Locale.ROOT));
    }
}
