package io.pagewalk.internal.spark;

import io.pagewalk.execution.ExportWork;
import io.pagewalk.execution.Reach;
import io.pagewalk.execution.SliceOutcome;
import io.pagewalk.execution.SliceWork;
import io.pagewalk.execution.SliceWorkers;
import io.pagewalk.model.PageToken;
import io.pagewalk.spark.bridge.Jobs;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** One run's pages as jobs, with a task for each slice. */
final class SparkWorkers implements SliceWorkers {
    /** So many slices a page for each slot keep slots busy while the last slices of a page are finished. */
    private static final int SLICES_PER_SLOT = 4;

    private static final int LEAST_SLICES_PER_SLOT = 2;

    private final Jobs jobs;
    private final SparkTasks tasks;
    private final ExportWork export;
    private final String common;
    private final Consumer<String> warnings;
    private final AtomicBoolean compared = new AtomicBoolean();

    /** @param warnings takes a line about what is not as it should be */
    SparkWorkers(Jobs jobs, Reach reach, ExportWork export, Consumer<String> warnings) {
        this.jobs = jobs;
        this.tasks = new SparkTasks(jobs, reach);
        this.export = export;
        this.common = TaskKind.SLICE.common(export.encode());
        this.warnings = warnings;
    }

    @Override
    public List<SliceOutcome> perform(List<SliceWork> slices, Early early) throws InterruptedException {
        String first = slices.get(0).slice().toString();
        List<String> outcomes = tasks.perform(
                slices.size() == 1 ? first : slices.size() + " slices from " + first,
                common,
                slices.stream().map(SliceWork::encode).toList(),
                (index, outcome) -> early.done(index, SliceOutcome.decode(outcome)));
        if (!compared.getAndSet(true)) {
            compareWithSlots();
        }
        return outcomes.stream().map(SliceOutcome::decode).toList();
    }

    /** After the first page, when executors have come. */
    private void compareWithSlots() {
        PageToken first = export.start().next();
        int slots = jobs.slots();
        long slices = (first.pageSize() + first.sliceSize() - 1) / first.sliceSize();
        if (slices < (long) LEAST_SLICES_PER_SLOT * slots && first.remaining() > first.pageSize()) {
            warnings.accept("a page of " + export.start().extent().topic() + " has " + slices
                    + " slices, and Spark works on " + slots
                    + " at a time: some of its cores will have nothing to do; an export"
                    + " with a --page-size of " + (long) SLICES_PER_SLOT * slots
                    + " times its --file-size keeps them busy");
        }
    }

    @Override
    public void stop() {
        tasks.stop();
    }

    @Override
    public void close() {
        tasks.stop();
    }
}
