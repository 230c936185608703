package io.pagewalk.internal.spark;

import io.pagewalk.Pagewalk;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.console.WorkSite;
import io.pagewalk.error.UsageException;
import io.pagewalk.execution.AuditWorkers;
import io.pagewalk.execution.SliceWorkers;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.location.Location;
import io.pagewalk.spark.bridge.Jobs;

/** Executors. */
final class SparkSite implements WorkSite {
    private static final String LOCAL_SCHEME = "file";

    private final Jobs jobs;
    private final Console console;

    SparkSite(Jobs jobs, Console console) {
        this.jobs = jobs;
        this.console = console;
    }

    @Override
    public SliceWorkers.Opener workers(Pagewalk pagewalk) {
        return work -> new SparkWorkers(jobs, pagewalk.reach(), work, console::warn);
    }

    @Override
    public AuditWorkers.Opener auditors(Pagewalk pagewalk) {
        return work -> new SparkAuditors(jobs, pagewalk.reach(), work);
    }

    @Override
    public void requireReachable(Location place) {
        if (place instanceof DirectoryLocation && place.scheme().equals(LOCAL_SCHEME) && !jobs.isLocal()) {
            throw new UsageException(
                    place + " is on the disk of one machine, and the executors are on others: name a place that all"
                            + " of them reach, such as s3://BUCKET/PATH or hdfs://NAMENODE/PATH, or use a local master");
        }
    }

    @Override
    public boolean takesSignals() {
        return jobs.ownsProcess();
    }
}
