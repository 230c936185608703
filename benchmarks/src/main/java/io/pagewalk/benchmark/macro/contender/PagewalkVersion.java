package io.pagewalk.benchmark.macro.contender;

import io.pagewalk.benchmark.macro.measure.Job;
import io.pagewalk.benchmark.macro.peer.Environment;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code pagewalk --version}: what it costs to start, and nothing else. Copies nothing. */
final class PagewalkVersion implements Contender {
    private final Environment environment;

    PagewalkVersion(Environment environment) {
        this.environment = environment;
    }

    @Override
    public String does() {
        return "`pagewalk --version`";
    }

    @Override
    public Job job(Copy copy) {
        List<String> command =
                List.of(environment.distribution().resolve("bin/pagewalk").toString(), "--version");
        return new Job(command, Map.of(), copy.output().resolve("version"), null);
    }

    @Override
    public void check(Copy copy) throws IOException {
        copy.expect(Counts.lines(copy.output(), "version") == 1 ? copy.topic().records() : 0);
    }
}
