package io.pagewalk.spark;

import java.net.URL;
import java.net.URLClassLoader;

/**
 * Sees the JDK, Pagewalk's own jars, and of Spark's loader nothing but the bridge: Spark brings other versions of Parquet, Hadoop,
 * Jackson and more, with which files would have other bytes, if they were written at all.
 */
final class IsolatedLoader extends URLClassLoader {
    private static final String BRIDGE = "io.pagewalk.spark.bridge.";

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader spark;

    IsolatedLoader(URL[] jars, ClassLoader spark) {
        super("pagewalk", jars, ClassLoader.getPlatformClassLoader());
        this.spark = spark;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        return name.startsWith(BRIDGE) ? spark.loadClass(name) : super.findClass(name);
    }
}
