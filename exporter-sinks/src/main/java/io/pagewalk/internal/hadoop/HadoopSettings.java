package io.pagewalk.internal.hadoop;

import io.pagewalk.error.UsageException;
import io.pagewalk.spi.PlaceSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * How Hadoop's file systems are to be reached. What is said later wins: Pagewalk's own defaults, {@code core-site.xml} and
 * {@code hdfs-site.xml} of the class path and of {@code $HADOOP_CONF_DIR}, the files, the properties. Credentials come from
 * there and from where the file systems look themselves (environment, web identities, instance profiles, ticket caches).
 * Whatever is said, S3A aborts no uploads of others.
 *
 * <p>An open upload to S3 or ABFS takes up to three blocks of 8 MiB of heap, two of them on their way, unless {@code
 * fs.s3a.multipart.size} or {@code fs.s3a.fast.upload.active.blocks}, or {@code fs.azure.write.request.size} or {@code
 * fs.azure.block.upload.active.blocks} say otherwise.
 */
final class HadoopSettings {
    private static final List<String> SITE_FILES = List.of("core-site.xml", "hdfs-site.xml");

    private HadoopSettings() {}

    /** @throws UsageException if a file cannot be read */
    static Configuration configuration(PlaceSettings settings) {
        Configuration configuration = given(settings);
        boolean webIdentity = settings.environment().containsKey("AWS_WEB_IDENTITY_TOKEN_FILE");
        Map<String, String> defaults = new LinkedHashMap<>(Defaults.of(settings.retryTimeout(), webIdentity));
        defaults.keySet().removeIf(name -> isSet(configuration, name));
        defaults.forEach(configuration::set);
        Defaults.force(configuration);
        return configuration;
    }

    /** All that was said anywhere, for another process, which need not look there; without defaults. */
    static Map<String, String> asProperties(PlaceSettings settings) {
        Configuration configuration = given(settings);
        Map<String, String> properties = new HashMap<>();
        for (Map.Entry<String, String> property : configuration) {
            String value = isSet(configuration, property.getKey()) ? configuration.get(property.getKey()) : null;
            if (value != null) {
                properties.put(property.getKey(), value);
            }
        }
        return properties;
    }

    private static Configuration given(PlaceSettings settings) {
        String directory = settings.environment().get("HADOOP_CONF_DIR");
        Configuration configuration = new Configuration();
        if (directory != null) {
            for (String name : SITE_FILES) {
                Path file = Path.of(directory, name);
                if (Files.isRegularFile(file)) {
                    add(configuration, file);
                }
            }
        }
        settings.files().forEach(file -> add(configuration, file));
        settings.properties().forEach(configuration::set);
        return configuration;
    }

    private static void add(Configuration configuration, Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new UsageException(
                    "the Hadoop configuration " + file + " cannot be read; check its name and permissions");
        }
        try {
            configuration.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
            configuration.size();
        } catch (RuntimeException e) {
            // Not as a cause: parsers quote the line, which may hold a secret.
            throw new UsageException("the Hadoop configuration " + file + " is not in Hadoop's XML format");
        }
    }

    /** Hadoop's own defaults do not count. */
    static boolean isSet(Configuration configuration, String name) {
        String @Nullable [] sources = configuration.getPropertySources(name);
        return sources != null && sources.length > 0 && !sources[sources.length - 1].endsWith("-default.xml");
    }
}
