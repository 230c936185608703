package io.pagewalk.benchmark.macro.contender;

import io.pagewalk.benchmark.macro.measure.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** An export to {@link S3Server} instead of a directory. */
final class S3Export implements Contender {
    /** A contender whose output can be elsewhere. */
    interface Movable extends Contender {
        /**
         * The process that makes a copy.
         *
         * @param to the output
         * @param options that it takes to reach it, as {@code pagewalk} takes them
         */
        Job job(Copy copy, String to, List<String> options) throws IOException;

        @Override
        default Job job(Copy copy) throws IOException {
            return job(copy, copy.output().toString(), List.of());
        }
    }

    private final Movable export;
    private final S3Server server;

    S3Export(Movable export, S3Server server) {
        this.export = export;
        this.server = server;
    }

    @Override
    public String does() {
        return export.does() + " To a server on this machine that speaks S3 (s3proxy, objects as files), not counted.";
    }

    @Override
    public void prepare() throws IOException, InterruptedException {
        export.prepare();
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
