package io.pagewalk.internal.hadoop;

import io.pagewalk.error.Advice;
import io.pagewalk.error.UsageException;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.location.LocationTexts;
import io.pagewalk.spi.PlaceSettings;
import io.pagewalk.spi.StorageClient;
import io.pagewalk.spi.StorageProvider;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/**
 * Directories of Hadoop's file systems. As everywhere in Hadoop a path is taken literally: a {@code %20} in it is no space.
 * Nothing of Hadoop is loaded before a storage is used.
 */
public final class HadoopProvider implements StorageProvider {
    private static final Pattern URI = Pattern.compile("([A-Za-z0-9]+)://([^/?#]*)(/.*)?");
    private static final Set<String> NOT_NAMES = Set.of("", ".", "..");

    @Override
    public Set<String> schemes() {
        return Scheme.spellings();
    }

    @Override
    public DirectoryLocation parse(String text) {
        String shown = "'" + LocationTexts.shown(text) + "'";
        Matcher uri = URI.matcher(text);
        if (!uri.matches()) {
            throw new UsageException(shown + " is not SCHEME://BUCKET/PATH");
        }
        Scheme scheme = Scheme.of(uri.group(1));
        String authority = uri.group(2);
        if (scheme.isCredential(authority)) {
            throw new UsageException(
                    shown + " holds credentials, which everybody can see there;"
                            + " give them in the environment or in a file",
                    Advice.CHANGE_FILE_SYSTEM_SETTINGS);
        }
        if (authority.isEmpty() && !scheme.hasDefaultAuthority()) {
            throw new UsageException(shown + " names no bucket: " + scheme + "://BUCKET/PATH");
        }
        String path = uri.group(3) == null ? "" : uri.group(3).replaceFirst("/+$", "");
        if (!path.isEmpty() && Arrays.stream(path.substring(1).split("/")).anyMatch(NOT_NAMES::contains)) {
            throw new UsageException(shown + " has an empty part, . or .. in its path");
        }
        return new DirectoryLocation(
                scheme.toString(), scheme + "://" + authority + (path.isEmpty() ? "/" : path), scheme.tellsLiveRuns());
    }

    /**
     * Settings of file systems as single ones, files of them read, for a process that does not have these.
     *
     * @throws UsageException if a file cannot be read
     */
    public static Map<String, String> asProperties(PlaceSettings settings) {
        return HadoopSettings.asProperties(settings);
    }

    /**
     * Settings of file systems as Hadoop's own libraries take them, with all defaults of storages.
     *
     * @throws UsageException if a file cannot be read
     */
    public static Configuration configuration(PlaceSettings settings) {
        return HadoopSettings.configuration(settings);
    }

    @Override
    public StorageClient connect(PlaceSettings settings) {
        return new HadoopClient(settings);
    }
}
