package io.pagewalk.internal.export;

import io.pagewalk.execution.ExportWork;
import io.pagewalk.execution.SliceWorkers;
import io.pagewalk.internal.claim.DeletionFence;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.file.DeadLetterFiles;
import io.pagewalk.internal.file.FileSink;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.internal.progress.Progress;
import io.pagewalk.internal.sink.FileFormats;
import io.pagewalk.internal.slice.BadRecords;
import io.pagewalk.internal.slice.LossPolicy;
import io.pagewalk.internal.slice.SliceTask;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.PinnedOptions;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.spi.FileFormat;
import io.pagewalk.spi.PageExecutor;
import io.pagewalk.spi.Storage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts together what works on slices. */
public final class SliceTasks {
    private SliceTasks() {}

    public static SliceTask of(
            ExportWork work,
            Storage output,
            BadRecords badRecords,
            DeletionFence fence,
            LossPolicy losses,
            PayloadFormats formats,
            Progress progress) {
        Checkpoint.Start start = work.start();
        PinnedOptions options = start.options();
        FileFormat format = FileFormats.create(options.fileSettings(), formats);
        FileSink sink = new FileSink(output, format, start.naming(), options.askedTimes(), fence::requireUp);
        return new SliceTask(
                sink, badRecords, progress, losses, start.compaction().isPossible());
    }

    /** Who works on slices: others, if anybody was named, or this process. */
    public static PageExecutor executor(
            SliceWorkers.@Nullable Opener workers,
            Function<SliceWorkers.Opener, PageExecutor> elsewhere,
            Supplier<PageExecutor> here) {
        return workers == null ? here.get() : elsewhere.apply(workers);
    }

    public static BadRecords badRecords(ExportWork work, Storage output, LogName log, DeletionFence fence) {
        return new BadRecords(
                new DeadLetterFiles(
                        output, OutputLayout.deadLetters(log), work.start().naming(), fence::requireUp),
                work.setsAside(),
                work.maxBadRecords());
    }
}
