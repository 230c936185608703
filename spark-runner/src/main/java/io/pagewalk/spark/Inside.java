package io.pagewalk.spark;

import io.pagewalk.spark.bridge.DriverCommand;
import io.pagewalk.spark.bridge.TaskWorker;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;
import org.jspecify.annotations.Nullable;

/** Pagewalk in its own class loader: one in this JVM, which is kept as long as that lives. */
final class Inside {
    private static @Nullable ClassLoader loader;
    private static @Nullable TaskWorker worker;

    private Inside() {}

    static DriverCommand command() {
        return open(DriverCommand.class, "io.pagewalk.internal.spark.SparkCommand");
    }

    static synchronized TaskWorker worker() {
        if (worker == null) {
            worker = open(TaskWorker.class, "io.pagewalk.internal.spark.SparkWorker");
        }
        return worker;
    }

    /** Runs something of it with its loader as the thread's: Kafka and Hadoop look for classes there. */
    static <T> T within(Supplier<T> call) {
        return with(loader(), call);
    }

    /** Runs something of Spark, likewise, for somebody within. */
    static <T> T outside(Supplier<T> call) {
        return with(Inside.class.getClassLoader(), call);
    }

    private static <T> T with(ClassLoader context, Supplier<T> call) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(context);
        try {
            return call.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static <T> T open(Class<T> type, String name) {
        return within(() -> {
            try {
                return type.cast(
                        loader().loadClass(name).getDeclaredConstructor().newInstance());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("Pagewalk's jar for Spark is not whole: " + e, e);
            }
        });
    }

    private static synchronized ClassLoader loader() {
        if (loader == null) {
            try {
                Path jar = Path.of(Inside.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI());
                loader = new IsolatedLoader(PackedJars.unpack(jar, temporary()), Inside.class.getClassLoader());
            } catch (IOException | URISyntaxException e) {
                throw new IllegalStateException("cannot unpack Pagewalk's jar for Spark: " + e, e);
            }
        }
        return loader;
    }

    /** An executor's own directory, which Spark removes also if the executor is killed. */
    private static Path temporary() {
        return Path.of(SparkEnv.get() == null ? System.getProperty("java.io.tmpdir") : SparkFiles.getRootDirectory());
    }
}
