package io.pagewalk.internal.storage;

/** What a name within a {@link io.pagewalk.spi.Storage} may be. */
public final class StorageNames {
    private StorageNames() {}

    /**
     * Whether the name stays within the storage's location on every kind of storage: parts between single {@code /}, none
     * empty, {@code .} or {@code ..}; no backslash and no control character.
     */
    public static boolean isValid(String name) {
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return name.chars().noneMatch(c -> c == '\\' || Character.isISOControl(c));
    }

    /**
     * Returns the name.
     *
     * @throws IllegalArgumentException if it is not valid
     */
    public static String check(String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException("not a name within a storage: " + printable(name));
        }
        return name;
    }

    private static String printable(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }
}
