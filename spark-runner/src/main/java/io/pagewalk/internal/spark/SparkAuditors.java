package io.pagewalk.internal.spark;

import io.pagewalk.execution.AuditWork;
import io.pagewalk.execution.AuditWorkers;
import io.pagewalk.execution.FileOutcome;
import io.pagewalk.execution.FileWork;
import io.pagewalk.execution.Reach;
import io.pagewalk.spark.bridge.Jobs;
import java.util.List;

/** The files of an audit as jobs, with a task for each. */
final class SparkAuditors implements AuditWorkers {
    private final SparkTasks tasks;
    private final String common;

    SparkAuditors(Jobs jobs, Reach reach, AuditWork audit) {
        this.tasks = new SparkTasks(jobs, reach);
        this.common = TaskKind.FILE.common(audit.encode());
    }

    @Override
    public List<FileOutcome> perform(List<FileWork> files) throws InterruptedException {
        String first = files.get(0).file().name();
        return tasks
                .perform(
                        "check of " + (files.size() == 1 ? first : files.size() + " files from " + first),
                        common,
                        files.stream().map(FileWork::encode).toList(),
                        (index, outcome) -> {})
                .stream()
                .map(FileOutcome::decode)
                .toList();
    }

    @Override
    public void close() {
        tasks.stop();
    }
}
