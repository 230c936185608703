package io.pagewalk.cli.progress;

/**
 * How far an export is.
 *
 * @param name the export's
 */
public record ExportProgress(String name, ProgressSample sample) implements ProgressState {
    @Override
    public String line() {
        return sample.line();
    }

    @Override
    public Record document() {
        return ProgressDocument.of(name, sample);
    }

    @Override
    public long doneOffsets() {
        return sample.doneOffsets();
    }

    @Override
    public long totalOffsets() {
        return sample.totalOffsets();
    }
}
