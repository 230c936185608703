package io.pagewalk.spark;

import io.pagewalk.spark.bridge.Jobs;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** The application that the driver was started for. */
final class SparkJobs implements Jobs, AutoCloseable {
    private static final String NAME = "spark.app.name";

    private final SparkConf conf;
    private final Host host;
    private @Nullable JavaSparkContext context;

    SparkJobs(SparkConf conf, Host host) {
        this.conf = conf;
        this.host = host;
        // The name that spark-submit makes up where none was given.
        if (conf.get(NAME, "").equals(SparkMain.class.getName())) {
            conf.set(NAME, "pagewalk");
        }
    }

    private synchronized JavaSparkContext context() {
        if (context == null) {
            context = JavaSparkContext.fromSparkContext(SparkContext.getOrCreate(conf));
        }
        return context;
    }

    @Override
    public boolean isLocal() {
        return conf.get("spark.master", "").startsWith("local");
    }

    @Override
    public boolean ownsProcess() {
        return host == Host.PROCESS;
    }

    @Override
    public int slots() {
        return Inside.outside(() -> context().defaultParallelism());
    }

    @Override
    public int executors() {
        // The driver is one of them.
        return Inside.outside(() -> Math.max(1, context().sc().statusTracker().getExecutorInfos().length - 1));
    }

    @Override
    public Future<List<byte[]>> submit(
            String group, String description, byte[] common, List<byte[]> work, BiConsumer<Integer, byte[]> early) {
        return Inside.outside(() -> begin(group, description, common, work, early));
    }

    private Future<List<byte[]>> begin(
            String group, String description, byte[] common, List<byte[]> work, BiConsumer<Integer, byte[]> early) {
        JavaSparkContext spark = context();
        EarlyResults results = new EarlyResults(early);
        spark.sc().register(results);
        // For this thread's jobs.
        spark.setJobGroup(group, description, false);
        return spark.parallelize(work, work.size())
                .map(new SliceCall(common, results))
                .collectAsync();
    }

    @Override
    public synchronized void cancel(String group) {
        JavaSparkContext spark = context;
        if (spark != null) {
            Inside.outside(() -> {
                spark.cancelJobGroup(group);
                return group;
            });
        }
    }

    /** A notebook's context is not this application's. */
    @Override
    public synchronized void close() {
        if (context != null && host != Host.NOTEBOOK) {
            context.stop();
        }
    }
}
