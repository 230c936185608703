package io.pagewalk.cli.console;

/**
 * The libraries' logging, which goes to standard error. What they have to say is repeated by our own messages, so {@code
 * simplelogger.properties} keeps it off, and it is shown only to those who look for a cause.
 */
public final class Logging {
    private static final String PREFIX = "org.slf4j.simpleLogger.";

    private Logging() {}

    /** Shows the logs; takes effect only before the first logger is made. */
    public static void showAll() {
        set("defaultLogLevel", "info");
        set("showDateTime", "true");
        set("dateTimeFormat", "HH:mm:ss.SSS");
        set("showThreadName", "true");
        set("log.org.apache.kafka", "info");
        // It lists every setting of every client.
        set("log.org.apache.kafka.common.config.AbstractConfig", "warn");
    }

    /** What the user has set with -D stands. */
    private static void set(String name, String value) {
        if (System.getProperty(PREFIX + name) == null) {
            System.setProperty(PREFIX + name, value);
        }
    }
}
