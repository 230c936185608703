package io.pagewalk.internal.hadoop;

import io.pagewalk.error.UsageException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * The file systems that are known to publish exclusively, each by its one implementation that does. Others under the same
 * scheme may differ in what a failed or interrupted write leaves: Google's own connector publishes what was written so far.
 */
enum Scheme {
    S3A("s3a", "org.apache.hadoop.fs.s3a.S3AFileSystem", "org.apache.hadoop:hadoop-aws"),
    GS("gs", "org.apache.hadoop.fs.gs.GoogleHadoopFileSystem", "org.apache.hadoop:hadoop-gcp"),
    HDFS("hdfs", "org.apache.hadoop.hdfs.DistributedFileSystem", "org.apache.hadoop:hadoop-client-api"),
    ABFS("abfs", "org.apache.hadoop.fs.azurebfs.AzureBlobFileSystem", "org.apache.hadoop:hadoop-azure"),
    ABFSS("abfss", "org.apache.hadoop.fs.azurebfs.SecureAzureBlobFileSystem", "org.apache.hadoop:hadoop-azure");

    private final String name;
    private final String implementation;
    private final String artifact;

    Scheme(String name, String implementation, String artifact) {
        this.name = name;
        this.implementation = implementation;
        this.artifact = artifact;
    }

    /** @throws UsageException if it is none of these */
    static Scheme of(String location) {
        String scheme = location.substring(0, Math.max(0, location.indexOf(':')));
        for (Scheme known : values()) {
            if (known.name.equals(scheme)) {
                return known;
            }
        }
        throw new UsageException(HadoopSecrets.hideUserInfo(location) + ": only " + names()
                + " are supported, because files can be published there without the risk of overwriting others");
    }

    static List<String> names() {
        return Arrays.stream(values()).map(scheme -> scheme.name).collect(Collectors.toList());
    }

    /** @throws UsageException if another implementation is configured, or the one there is lacks its jar */
    void requireImplementation(Configuration configuration) {
        String key = "fs." + name + ".impl";
        String configured = configuration.getTrimmed(key, implementation);
        if (!configured.equals(implementation)) {
            throw new UsageException(key + " is " + configured + ", but only with " + implementation
                    + " files can be published without the risk of overwriting others: remove the setting");
        }
        configuration.set(key, implementation);
        try {
            configuration.getClassByName(implementation);
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            throw new UsageException(
                    "there is no file system for " + name + "://: put " + artifact + " (version "
                            + org.apache.hadoop.util.VersionInfo.getVersion()
                            + ") and what it needs on the class path (lib/ext)",
                    e);
        }
    }

    boolean isObjectStore() {
        return this == S3A || this == GS;
    }
}
