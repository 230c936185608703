package io.pagewalk.cli.parse;

import io.pagewalk.cli.console.Console;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Takes a token from an argument, or from standard input, where there is room for a long one. */
public final class TokenText {
    private static final String STANDARD_INPUT = "-";
    /** Beyond what any token has; more is refused before it fills the memory. */
    private static final int MAX_BYTES = 32 << 20;

    private TokenText() {}

    /**
     * The text that an argument is, or says where to read.
     *
     * @throws UsageException if there is none
     */
    public static String of(String argument, Console console) {
        return argument.equals(STANDARD_INPUT) ? read(console) : argument.strip();
    }

    private static String read(Console console) {
        try {
            byte[] bytes = console.in().readNBytes(MAX_BYTES);
            if (bytes.length == 0) {
                throw new UsageException("there is no page token on standard input");
            }
            return new String(bytes, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new ExportFailedException("cannot read standard input: " + Reasons.line(e), e);
        }
    }
}
