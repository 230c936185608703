package io.pagewalk.internal.hadoop;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/** What Pagewalk sets where the user did not. Hadoop's own defaults wait for up to hours, and spool uploads on local disks. */
final class Defaults {
    /** Each waits about twice as long as the one before, the first two intervals: together the timeout. */
    private static final int RETRIES = 6;

    private static final Duration SHORTEST_ATTEMPT = Duration.ofSeconds(15);
    private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(60);

    /** Hadoop's own, and the one that they lack. Only where there is one: it is loud about its absence. */
    private static final List<String> WITH_WEB_IDENTITY = List.of(
            "org.apache.hadoop.fs.s3a.TemporaryAWSCredentialsProvider",
            "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider",
            "software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider",
            "software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider",
            "org.apache.hadoop.fs.s3a.auth.IAMInstanceCredentialsProvider");

    /** S3A aborts uploads of others by these, of which nobody knows whether they are under way. */
    private static final List<String> PURGES = List.of("multipart.purge", "directory.operations.purge.uploads");

    private Defaults() {}

    /** @param webIdentity whether the environment has one of AWS, as on EKS */
    static Map<String, String> of(Duration retryTimeout, boolean webIdentity) {
        Map<String, String> defaults = new LinkedHashMap<>();
        // A hook of Hadoop's own would close file systems while a run is still finishing its pages.
        defaults.put("fs.automatic.close", "false");
        s3(defaults, retryTimeout);
        if (webIdentity) {
            defaults.put("fs.s3a.aws.credentials.provider", String.join(",", WITH_WEB_IDENTITY));
        }
        ipc(defaults, retryTimeout);
        hdfs(defaults);
        abfs(defaults, retryTimeout);
        return defaults;
    }

    /** Sets what is not for the user to choose. */
    static void force(Configuration configuration) {
        Set<String> names = new TreeSet<>();
        for (String purge : PURGES) {
            names.add("fs.s3a." + purge);
            // Settings of a bucket win over those of all.
            names.addAll(configuration.getPropsWithPrefix("fs.s3a.bucket.").keySet().stream()
                    .filter(name -> name.endsWith("." + purge))
                    .map(name -> "fs.s3a.bucket." + name)
                    .toList());
        }
        names.forEach(name -> configuration.set(name, "false"));
    }

    private static void s3(Map<String, String> defaults, Duration retryTimeout) {
        // In memory: the root file system may be read-only.
        defaults.put("fs.s3a.fast.upload.buffer", "array");
        defaults.put("fs.s3a.multipart.size", "8M");
        defaults.put("fs.s3a.fast.upload.active.blocks", "2");
        // Hadoop's own default prefetches into a cache of up to 2 GiB, and retries by rules of its own.
        defaults.put("fs.s3a.input.stream.type", "classic");

        String interval = millis(retryTimeout.dividedBy((1L << (RETRIES + 1)) - 2));
        defaults.put("fs.s3a.attempts.maximum", "1");
        defaults.put("fs.s3a.retry.limit", Integer.toString(RETRIES));
        defaults.put("fs.s3a.retry.interval", interval);
        defaults.put("fs.s3a.retry.throttle.limit", Integer.toString(RETRIES));
        defaults.put("fs.s3a.retry.throttle.interval", interval);
        String attempt = millis(attempt(retryTimeout));
        defaults.put("fs.s3a.connection.establish.timeout", millis(SHORTEST_ATTEMPT));
        defaults.put("fs.s3a.connection.timeout", attempt);
        defaults.put("fs.s3a.connection.request.timeout", attempt);
        // A block on its way over a slow line is no lost connection.
        defaults.put("fs.s3a.connection.part.upload.timeout", millis(retryTimeout.plus(Duration.ofMinutes(5))));
    }

    private static void ipc(Map<String, String> defaults, Duration retryTimeout) {
        long seconds = Math.max(1, retryTimeout.toSeconds());
        defaults.put("ipc.client.connect.retry.interval", "1000");
        defaults.put("ipc.client.connect.max.retries", Long.toString(seconds));
        defaults.put("ipc.client.connect.timeout", millis(SHORTEST_ATTEMPT).replace("ms", ""));
        defaults.put(
                "ipc.client.connect.max.retries.on.timeouts", Long.toString(seconds / SHORTEST_ATTEMPT.toSeconds()));
        defaults.put("ipc.client.rpc-timeout.ms", millis(attempt(retryTimeout)).replace("ms", ""));
    }

    private static void hdfs(Map<String, String> defaults) {
        // A file is whole a moment after its last block is; Hadoop's first look again is after 400 ms, which small
        // files feel.
        defaults.put("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "10");
        defaults.put("dfs.client.block.write.locateFollowingBlock.retries", "12");
    }

    private static void abfs(Map<String, String> defaults, Duration retryTimeout) {
        defaults.put("fs.azure.io.retry.max.retries", Integer.toString(RETRIES));
        String longest = Long.toString(retryTimeout.dividedBy(RETRIES).toMillis());
        defaults.put("fs.azure.io.retry.max.backoff.interval", longest);
        defaults.put("fs.azure.io.retry.min.backoff.interval", "500");
        defaults.put("fs.azure.data.blocks.buffer", "array");
        defaults.put("fs.azure.block.upload.active.blocks", "2");
    }

    private static Duration attempt(Duration retryTimeout) {
        if (retryTimeout.compareTo(SHORTEST_ATTEMPT) < 0) {
            return SHORTEST_ATTEMPT;
        }
        return retryTimeout.compareTo(LONGEST_ATTEMPT) > 0 ? LONGEST_ATTEMPT : retryTimeout;
    }

    private static String millis(Duration duration) {
        return Math.max(1, duration.toMillis()) + "ms";
    }
}
