package io.pagewalk.internal.hadoop;

import io.pagewalk.error.UsageException;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The file systems that are known to publish exclusively, each by its one implementation that does. Others under the same
 * scheme may differ in what a failed or interrupted write leaves: Google's own connector publishes what was written so far.
 */
enum Scheme {
    S3A("s3a", "org.apache.hadoop.fs.s3a.S3AFileSystem", "org.apache.hadoop:hadoop-aws"),
    HDFS("hdfs", "org.apache.hadoop.hdfs.DistributedFileSystem", "org.apache.hadoop:hadoop-client-api"),
    GS("gs", "org.apache.hadoop.fs.gs.GoogleHadoopFileSystem", "org.apache.hadoop:hadoop-gcp"),
    ABFS("abfs", "org.apache.hadoop.fs.azurebfs.AzureBlobFileSystem", "org.apache.hadoop:hadoop-azure"),
    ABFSS("abfss", "org.apache.hadoop.fs.azurebfs.SecureAzureBlobFileSystem", "org.apache.hadoop:hadoop-azure");

    /** What users of other tools call {@link #S3A}. */
    private static final String S3 = "s3";

    private final String name;
    private final String implementation;
    private final String artifact;

    Scheme(String name, String implementation, String artifact) {
        this.name = name;
        this.implementation = implementation;
        this.artifact = artifact;
    }

    /** All that {@link #of} takes, in lower case. */
    static Set<String> spellings() {
        Set<String> spellings = new LinkedHashSet<>();
        spellings.add(S3);
        for (Scheme scheme : values()) {
            spellings.add(scheme.name);
        }
        return Collections.unmodifiableSet(spellings);
    }

    static Scheme of(String text) {
        String spelling = text.toLowerCase(Locale.ROOT);
        if (spelling.equals(S3)) {
            return S3A;
        }
        for (Scheme scheme : values()) {
            if (scheme.name.equals(spelling)) {
                return scheme;
            }
        }
        throw new IllegalArgumentException("not a scheme of Hadoop's: " + text);
    }

    /** Whether an authority holds a secret, or a key's id. Azure's has the name of a container where others have a user. */
    boolean isCredential(String authority) {
        return (authority.contains("@") && !isAzure()) || authority.matches(".*:.*@.*");
    }

    /** Whether a location need not name a bucket, or what stands for one. */
    boolean hasDefaultAuthority() {
        return this == HDFS;
    }

    /** By leases, which only HDFS has. */
    boolean tellsLiveRuns() {
        return this == HDFS;
    }

    /** Whether files are uploads, completed on a condition; else they are renamed. */
    boolean isObjectStore() {
        return this == S3A || this == GS;
    }

    private boolean isAzure() {
        return this == ABFS || this == ABFSS;
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

    /**
     * Checks what no probe finds out: Azure's accounts without a hierarchical namespace rename by copying, which is a race.
     *
     * @throws UsageException if nothing can be published exclusively there
     */
    void requireConditions(FileSystem fileSystem, Path root) throws IOException {
        if (isAzure() && !fileSystem.hasPathCapability(root, CommonPathCapabilities.ETAGS_PRESERVED_IN_RENAME)) {
            throw new UsageException("cannot publish without risk of overwriting: the account of " + root
                    + " has no hierarchical namespace; choose one that has");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
