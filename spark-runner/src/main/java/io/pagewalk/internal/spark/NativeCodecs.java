package io.pagewalk.internal.spark;

import com.github.luben.zstd.util.Native;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.xerial.snappy.Snappy;

/**
 * The native libraries of codecs. A property may tell where Spark's are; but one class loader alone can load a library, and those of
 * another version may give other bytes.
 */
final class NativeCodecs {
    private static final String ZSTD = "ZstdNativePath";
    private static final String SNAPPY = "org.xerial.snappy.";

    private NativeCodecs() {}

    /**
     * Loads those that Pagewalk brings, if properties of the process name others. Spark's codecs, should they be loaded at this very
     * moment, load those that Spark brings.
     */
    static void loadOwn() {
        Properties properties = System.getProperties();
        Map<String, String> named = new LinkedHashMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.equals(ZSTD) || name.startsWith(SNAPPY)) {
                named.put(name, properties.getProperty(name));
            }
        }
        if (named.isEmpty()) {
            return;
        }
        try {
            named.keySet().forEach(properties::remove);
            Native.load();
            Snappy.maxCompressedLength(0);
        } catch (LinkageError | RuntimeException e) {
            // Whoever needs one finds out, and says so.
        } finally {
            properties.putAll(named);
        }
    }
}
