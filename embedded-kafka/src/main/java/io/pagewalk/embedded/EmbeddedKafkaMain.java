package io.pagewalk.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs a cluster of one broker as a process of its own: {@code EmbeddedKafkaMain DIR [SETTING=VALUE]...}.
 *
 * <p>Prints one line on standard output, the bootstrap servers, once clients can connect. Stops on SIGTERM, and when standard
 * input ends: a process that starts this one takes it along when it dies, however it dies. Exits 2 on wrong arguments, 1 if
 * the broker does not start.
 */
public final class EmbeddedKafkaMain {
    private EmbeddedKafkaMain() {}

    /** See the class. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) {
        Map<String, String> overrides;
        try {
            overrides = overrides(Arrays.asList(args));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        // Kafka 4.3 does not start in Turkish, where it looks for the enum constant CLASSİC, and writes file names in
        // Arabic digits.
        Locale.setDefault(Locale.ROOT);
        try {
            EmbeddedKafka kafka = EmbeddedKafka.startInProcess(Path.of(args[0]), 1, overrides);
            Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "embedded-kafka: shutdown"));
            System.out.println(kafka.bootstrapServers());
            System.out.flush();
            System.in.transferTo(OutputStream.nullOutputStream());
            System.exit(0);
        } catch (EmbeddedKafkaException | IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static Map<String, String> overrides(List<String> args) {
        if (args.isEmpty()) {
            throw new IllegalArgumentException("usage: EmbeddedKafkaMain DIR [SETTING=VALUE]...");
        }
        Map<String, String> overrides = new LinkedHashMap<>();
        for (String arg : args.subList(1, args.size())) {
            int equals = arg.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("not a broker setting of the form SETTING=VALUE: " + arg);
            }
            overrides.put(arg.substring(0, equals), arg.substring(equals + 1));
        }
        return overrides;
    }
}
