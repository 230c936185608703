package io.pagewalk.internal.schema.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the numbers of an enum are called. Of several names for one number, the first. */
final class EnumNames {
    private final int first;
    private final int[] numbers;
    private final byte[][] names;

    /**
     * @param first the number that stands for a value that is missing
     * @param byNumber the names
     */
    EnumNames(int first, Map<Integer, String> byNumber) {
        this.first = first;
        TreeMap<Integer, String> sorted = new TreeMap<>(byNumber);
        numbers = sorted.keySet().stream().mapToInt(Integer::intValue).toArray();
        names = sorted.values().stream().map(name -> name.getBytes(UTF_8)).toArray(byte[][]::new);
    }

    /** The number of a value that is missing and yet there. */
    int first() {
        return first;
    }

    /** The name of a number, or null if it has none. */
    byte @Nullable [] name(int number) {
        if (numbers.length == 0) {
            return null;
        }
        // Most enums count from 0 without a gap.
        if (number >= 0 && number < numbers.length && numbers[number] == number) {
            return names[number];
        }
        int from = 0;
        int to = numbers.length;
        while (to - from > 1) {
            int middle = (from + to) >>> 1;
            if (numbers[middle] <= number) {
                from = middle;
            } else {
                to = middle;
            }
        }
        return numbers[from] == number ? names[from] : null;
    }
}
