package io.pagewalk.location;

import io.pagewalk.error.Advice;
import io.pagewalk.error.UsageException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A directory of one of Hadoop's file systems. As everywhere in Hadoop the path is taken literally: a {@code %20} in it is no
 * space.
 *
 * @param scheme in lower case
 * @param authority the bucket, container or name node; empty for the file system's default
 * @param path empty, or with a leading and no trailing {@code /}
 */
public record HadoopDirectory(String scheme, String authority, String path) implements DirectoryLocation {
    static final String SCHEME_NAMES = "s3, s3a, hdfs, gs, abfs, abfss or file";
    private static final Set<String> SCHEMES = Set.of("s3", "s3a", "hdfs", "gs", "abfs", "abfss");
    private static final Pattern URI = Pattern.compile("([A-Za-z0-9]+)://([^/?#]*)(/.*)?");
    private static final Set<String> NOT_NAMES = Set.of("", ".", "..");

    static boolean serves(String scheme) {
        return SCHEMES.contains(scheme);
    }

    static HadoopDirectory parse(String text) {
        Matcher uri = URI.matcher(text);
        if (!uri.matches()) {
            throw new UsageException("'" + LocalPaths.shown(text) + "' is not SCHEME://BUCKET/PATH");
        }
        String scheme = uri.group(1).toLowerCase(Locale.ROOT);
        String authority = uri.group(2);
        if ((authority.contains("@") && !scheme.startsWith("abfs")) || authority.matches(".*:.*@.*")) {
            throw new UsageException(
                    "'" + LocalPaths.shown(text) + "' holds credentials, which everybody can see there;"
                            + " give them in the environment or in a file",
                    Advice.CHANGE_FILE_SYSTEM_SETTINGS);
        }
        if (authority.isEmpty() && !scheme.equals("hdfs")) {
            throw new UsageException("'" + LocalPaths.shown(text) + "' names no bucket: " + scheme + "://BUCKET/PATH");
        }
        String path = uri.group(3) == null ? "" : uri.group(3).replaceFirst("/+$", "");
        if (!path.isEmpty() && Arrays.stream(path.substring(1).split("/")).anyMatch(NOT_NAMES::contains)) {
            throw new UsageException("'" + LocalPaths.shown(text) + "' has an empty part, . or .. in its path");
        }
        return new HadoopDirectory(scheme.equals("s3") ? "s3a" : scheme, authority, path);
    }

    @Override
    public DirectoryLocation resolve(String name) {
        return new HadoopDirectory(scheme, authority, path + "/" + name);
    }

    /** By leases, which only HDFS has. */
    @Override
    public boolean tellsLiveRuns() {
        return scheme.equals("hdfs");
    }

    @Override
    public String toString() {
        return scheme + "://" + authority + (path.isEmpty() ? "/" : path);
    }
}
