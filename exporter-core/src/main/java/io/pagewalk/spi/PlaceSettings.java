package io.pagewalk.spi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How places are to be reached, whichever their schemes are. Each provider takes what it knows, by name.
 *
 * @param properties single settings, which go before those of {@code files}
 * @param files of settings, in Hadoop's XML format
 * @param retryTimeout for about how long a store that cannot be reached, or answers that it is busy, is asked again
 * @param environment the variables of the process, or what takes their place
 */
public record PlaceSettings(
        Map<String, String> properties, List<Path> files, Duration retryTimeout, Map<String, String> environment) {
    public PlaceSettings {
        properties = Map.copyOf(properties);
        files = List.copyOf(files);
        environment = Map.copyOf(environment);
    }

    /** Of this process's own environment, and without files. */
    public static PlaceSettings of(Map<String, String> properties, Duration retryTimeout) {
        return new PlaceSettings(properties, List.of(), retryTimeout, System.getenv());
    }

    /** Never shows the values of properties and the environment, which may be secrets. */
    @Override
    public String toString() {
        return "PlaceSettings[properties=" + properties.keySet() + ", files=" + files + ", retryTimeout=" + retryTimeout
                + "]";
    }
}
