package io.pagewalk.cli.demo;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the demo tells, line by line as it happens. Safe for use by any number of threads. */
final class Script {
    private static final Pattern PLAIN = Pattern.compile("[\\w./:=@%+,-]+");
    private static final Pattern SPECIAL_IN_DOUBLE_QUOTES = Pattern.compile("[\"$`\\\\!]");

    private final PrintStream out;
    private int step;

    Script(PrintStream out) {
        this.out = out;
    }

    synchronized void say(String line) {
        out.println(line);
        out.flush();
    }

    synchronized void step(String line) {
        step++;
        say("");
        say(step + ". " + line);
    }

    /** What another process said. */
    void quote(String line) {
        say("     " + line);
    }

    /** A command as it is typed, with quotes where the shell needs them. */
    static String command(String... words) {
        return command(Arrays.asList(words));
    }

    static String command(List<String> words) {
        return words.stream().map(Script::quoted).collect(Collectors.joining(" "));
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String quoted(String word) {
        if (PLAIN.matcher(word).matches()) {
            return word;
        }
        return SPECIAL_IN_DOUBLE_QUOTES.matcher(word).find()
                ? "'" + word.replace("'", "'\\''") + "'"
                : "\"" + word + "\"";
    }
}
