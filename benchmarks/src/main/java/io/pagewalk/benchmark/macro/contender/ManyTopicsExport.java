package io.pagewalk.benchmark.macro.contender;

import io.pagewalk.benchmark.macro.measure.Job;
import io.pagewalk.benchmark.macro.peer.Environment;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code pagewalk export --topics}: a topic and all those beside it in one command. */
final class ManyTopicsExport implements Contender {
    private static final Map<String, String> SMALL_HEAP = Map.of("PAGEWALK_OPTS", "-Xmx256m");

    private final Environment environment;
    private final boolean again;

    /** @param again whether all was exported before, so that nothing is new */
    ManyTopicsExport(Environment environment, boolean again) {
        this.environment = environment;
        this.again = again;
    }

    @Override
    public String does() {
        return "`pagewalk export --topics` with a heap of 256 MB, each topic into a series of its own"
                + (again ? "; all of them were exported right before, so nothing is new." : ".");
    }

    @Override
    public @Nullable Job before(Copy copy) {
        return again ? job(copy) : null;
    }

    @Override
    public Job job(Copy copy) {
        List<String> command = List.of(
                environment.distribution().resolve("bin/pagewalk").toString(),
                "export",
                "--bootstrap-server",
                copy.servers(),
                "--topics",
                copy.topic().expression(),
                "--output",
                copy.output().toString(),
                "--incremental");
        return new Job(command, SMALL_HEAP, null, null);
    }

    @Override
    public void check(Copy copy) throws IOException {
        copy.expectAll(Counts.parquetBelow(copy.output()));
    }
}
