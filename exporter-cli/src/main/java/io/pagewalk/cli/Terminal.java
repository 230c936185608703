package io.pagewalk.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether somebody watches. */
final class Terminal {
    private Terminal() {}

    /** Whether standard error is a terminal that a line can be redrawn on. */
    static boolean isStandardError() {
        String kind = System.getenv().getOrDefault("TERM", "dumb");
        if (kind.equals("dumb")) {
            return false;
        }
        Path descriptor = Path.of("/proc/self/fd/2");
        if (Files.isSymbolicLink(descriptor)) {
            try {
                String device = Files.readSymbolicLink(descriptor).toString();
                return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
            } catch (IOException e) {
                return false;
            }
        }
        // The JDK only answers for standard input and output together.
        return System.console() != null;
    }
}
