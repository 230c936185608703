package io.pagewalk.benchmark.macro.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions of the peers, which stand in the project's root pom.xml. */
public final class Versions {
    private static final Properties PROPERTIES = load();

    private Versions() {}

    public static String kafka() {
        return PROPERTIES.getProperty("kafka.version");
    }

    public static String spark() {
        return PROPERTIES.getProperty("peer.spark.version");
    }

    public static String parquet() {
        return PROPERTIES.getProperty("parquet.version");
    }

    public static String parquetProtobuf() {
        return PROPERTIES.getProperty("peer.parquet-protobuf.version");
    }

    public static String avro() {
        return PROPERTIES.getProperty("avro.version");
    }

    public static String protobuf() {
        return PROPERTIES.getProperty("protobuf.version");
    }

    public static String s3proxy() {
        return PROPERTIES.getProperty("s3proxy.version");
    }

    static String dependencyPlugin() {
        return PROPERTIES.getProperty("dependency-plugin.version");
    }

    /** All of them, under the names that the peers' own pom.xml files use. */
    static Properties all() {
        return PROPERTIES;
    }

    private static Properties load() {
        Properties properties = new Properties();
        try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
