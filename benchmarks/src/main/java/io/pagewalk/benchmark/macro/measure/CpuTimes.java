package io.pagewalk.benchmark.macro.measure;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the shell's builtin {@code times} prints. */
final class CpuTimes {
    /** Some shells write the decimal point as the locale has it. */
    private static final Pattern TIME = Pattern.compile("(\\d+)m(\\d+)[.,](\\d+)s");

    private CpuTimes() {}

    /**
     * User and system seconds of the children that the shell has waited for: the second of two lines.
     *
     * @throws IllegalArgumentException if the text is not of that form
     */
    static double ofChildren(String times) {
        String[] lines = times.strip().split("\n", -1);
        if (lines.length != 2) {
            throw new IllegalArgumentException("not what times prints: " + times);
        }
        Matcher matcher = TIME.matcher(lines[1]);
        double seconds = 0;
        int found = 0;
        while (matcher.find()) {
            seconds += 60 * Double.parseDouble(matcher.group(1))
                    + Double.parseDouble(matcher.group(2) + "." + matcher.group(3));
            found++;
        }
        if (found != 2) {
            throw new IllegalArgumentException("not what times prints: " + times);
        }
        return seconds;
    }
}
