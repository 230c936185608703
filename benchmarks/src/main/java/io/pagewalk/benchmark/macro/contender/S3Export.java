package io.pagewalk.benchmark.macro.contender;

import io.pagewalk.benchmark.macro.measure.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/** An export to {@link S3Server} instead of a directory. */
final class S3Export implements Contender {
    private final PagewalkExport export;
    private final S3Server server;

    S3Export(PagewalkExport export, S3Server server) {
        this.export = export;
        this.server = server;
    }

    @Override
    public String does() {
        return export.does() + " To a server on this machine that speaks S3 (s3proxy, objects as files), not counted.";
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        server.prepare();
    }

    @Override
    public boolean warmsUp() {
        return true;
    }

    @Override
    public Job job(Copy copy) throws IOException {
        Path bucket = copy.directory();
        Path root = Objects.requireNonNull(bucket.getParent(), "a run's directory is in another");
        String output = "s3://" + bucket.getFileName() + "/" + bucket.relativize(copy.output());
        return export.job(copy, output, server.options(root));
    }

    @Override
    public void check(Copy copy) throws IOException {
        export.check(copy);
    }
}
