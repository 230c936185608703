package io.pagewalk.cli;

/** The libraries' logging, which goes to standard error. Takes effect only before the first logger is made. */
final class Logging {
    private static final String PREFIX = "org.slf4j.simpleLogger.";

    private Logging() {}

    /** What libraries have to say is repeated by our own messages, so it is shown only to those who look for a cause. */
    static void configure(boolean debug) {
        set("logFile", "System.err");
        set("defaultLogLevel", debug ? "info" : "off");
        set("showDateTime", "true");
        set("dateTimeFormat", "HH:mm:ss.SSS");
        if (debug) {
            set("log.org.apache.kafka.clients.NetworkClient", "debug");
            set("log.org.apache.kafka.clients.consumer.ConsumerConfig", "warn");
            set("log.org.apache.kafka.clients.admin.AdminClientConfig", "warn");
        }
    }

    /** What the user has set with -D stands. */
    private static void set(String name, String value) {
        if (System.getProperty(PREFIX + name) == null) {
            System.setProperty(PREFIX + name, value);
        }
    }
}
