package io.pagewalk.internal.export;

import io.pagewalk.execution.ExportWork;
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
import io.pagewalk.spi.FileFormat;
import io.pagewalk.spi.Storage;

/** Puts together what works on slices. */
public final class SliceTasks {
    private SliceTasks() {}

    public static SliceTask of(
            ExportWork work,
            Storage output,
            BadRecords badRecords,
            DeletionFence fence,
            LossPolicy losses,
            Progress progress) {
        Checkpoint.Start start = work.start();
        PinnedOptions options = start.options();
        FileFormat format = FileFormats.create(options.fileSettings(), options.formats());
        FileSink sink = new FileSink(output, format, start.naming(), options.askedTimes(), fence::requireUp);
        return new SliceTask(
                sink, badRecords, progress, losses, start.compaction().isPossible());
    }

    public static BadRecords badRecords(ExportWork work, Storage output, LogName log, DeletionFence fence) {
        return new BadRecords(
                new DeadLetterFiles(
                        output, OutputLayout.deadLetters(log), work.start().naming(), fence::requireUp),
                work.setsAside(),
                work.maxBadRecords());
    }
}
