package io.pagewalk.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * What a cluster keeps from one start to the next, in {@code cluster.properties} of its directory: its id, and its ports, so
 * that clients find it again.
 *
 * @param ports of the brokers, in the order of their node ids
 */
record ClusterFile(String clusterId, int controllerPort, List<Integer> ports) {
    ClusterFile {
        ports = List.copyOf(ports);
    }

    static Path in(Path dir) {
        return dir.resolve("cluster.properties");
    }

    /** A new cluster of that many brokers on ports that are free now. */
    static ClusterFile create(int brokers) throws IOException {
        List<Integer> ports = Ports.free(brokers + 1);
        return new ClusterFile(Uuid.randomUuid().toString(), ports.get(0), ports.subList(1, ports.size()));
    }

    static ClusterFile read(Path dir) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(in(dir))) {
            properties.load(reader);
        }
        int brokers = (int) properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith("broker."))
                .count();
        try {
            return new ClusterFile(
                    required(properties, "cluster.id"),
                    Integer.parseInt(required(properties, "controller.port")),
                    IntStream.rangeClosed(1, brokers)
                            .mapToObj(node -> Integer.valueOf(required(properties, portOf(node))))
                            .toList());
        } catch (IllegalArgumentException e) {
            throw new IOException(in(dir) + " is damaged; remove the directory to begin anew", e);
        }
    }

    void write(Path dir) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("cluster.id", clusterId);
        properties.setProperty("controller.port", String.valueOf(controllerPort));
        IntStream.rangeClosed(1, ports.size())
                .forEach(node -> properties.setProperty(portOf(node), String.valueOf(ports.get(node - 1))));
        Path temporary = dir.resolve("cluster.properties.new");
        try (Writer writer = Files.newBufferedWriter(temporary)) {
            properties.store(writer, null);
        }
        Files.move(temporary, in(dir), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String portOf(int node) {
        return "broker." + node + ".port";
    }

    private static String required(Properties properties, String name) {
        String value = properties.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return value;
    }
}
