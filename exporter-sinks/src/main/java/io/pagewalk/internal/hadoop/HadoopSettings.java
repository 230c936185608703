package io.pagewalk.internal.hadoop;

import io.pagewalk.error.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
 *
 * @param files in Hadoop's XML format
 * @param properties by name
 * @param retryTimeout for about how long a store that cannot be reached, or answers that it is busy, is asked again
 * @param environment the variables that name {@code HADOOP_CONF_DIR}, {@code HADOOP_USER_NAME} and a web identity; what the
 *     clients of stores read themselves, they read from the process's own
 */
public record HadoopSettings(
        List<Path> files, Map<String, String> properties, Duration retryTimeout, Map<String, String> environment) {
    private static final List<String> SITE_FILES = List.of("core-site.xml", "hdfs-site.xml");

    public HadoopSettings {
        files = List.copyOf(files);
        properties = Map.copyOf(properties);
        environment = Map.copyOf(environment);
    }

    /** Of this process's own environment. */
    public HadoopSettings(List<Path> files, Map<String, String> properties, Duration retryTimeout) {
        this(files, properties, retryTimeout, System.getenv());
    }

    /** Never shows the properties and the environment, which may be secrets. */
    @Override
    public String toString() {
        return "HadoopSettings[files=" + files + ", properties=" + properties.keySet() + ", retryTimeout="
                + retryTimeout + "]";
    }

    /** @throws UsageException if a file cannot be read */
    Configuration configuration() {
        String directory = environment.get("HADOOP_CONF_DIR");
        Configuration configuration = new Configuration();
        if (directory != null) {
            for (String name : SITE_FILES) {
                Path file = Path.of(directory, name);
                if (Files.isRegularFile(file)) {
                    add(configuration, file);
                }
            }
        }
        files.forEach(file -> add(configuration, file));
        properties.forEach(configuration::set);
        boolean webIdentity = environment.containsKey("AWS_WEB_IDENTITY_TOKEN_FILE");
        Map<String, String> defaults = new LinkedHashMap<>(Defaults.of(retryTimeout, webIdentity));
        defaults.keySet().removeIf(name -> isSet(configuration, name));
        defaults.forEach(configuration::set);
        Defaults.force(configuration);
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
