package io.pagewalk.benchmark.macro.measure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** What processes said. */
public final class Logs {
    private static final int TAIL_BYTES = 3000;

    private Logs() {}

    /** The end of a log, for a message. */
    public static String tail(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "(it has no log)";
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] tail = new byte[(int) Math.min(TAIL_BYTES, file.length())];
            file.seek(file.length() - tail.length);
            file.readFully(tail);
            return tail.length == 0 ? "(it said nothing)" : new String(tail, UTF_8).strip();
        }
    }
}
