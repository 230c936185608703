package io.pagewalk.benchmark.macro.contender;

import io.pagewalk.benchmark.macro.measure.Job;
import io.pagewalk.benchmark.macro.peer.Environment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code pagewalk export} with its defaults, or with options. */
final class PagewalkExport implements S3Export.Movable {
    private final Environment environment;
    private final String does;
    private final Output output;
    private final List<String> options;
    private final Map<String, String> variables;

    PagewalkExport(
            Environment environment, String does, Output output, List<String> options, Map<String, String> variables) {
        this.environment = environment;
        this.does = does;
        this.output = output;
        this.options = options;
        this.variables = variables;
    }

    @Override
    public String does() {
        return does;
    }

    @Override
    public Job job(Copy copy, String to, List<String> more) {
        List<String> command = new ArrayList<>(List.of(
                environment.distribution().resolve("bin/pagewalk").toString(),
                "export",
                "--bootstrap-server",
                copy.servers(),
                "--topic",
                copy.topic().name(),
                "--output",
                to));
        if (copy.topic().shape().isTyped()) {
            command.addAll(List.of("--value-format", "registry", "--schema-registry", environment.registry()));
        }
        command.addAll(options);
        command.addAll(more);
        return new Job(command, variables, null, null);
    }

    @Override
    public void check(Copy copy) throws IOException {
        if (copy.topic().shape().isTyped() && output == Output.PARQUET) {
            copy.expect(Counts.orders(copy.output(), "value."));
        } else {
            copy.expect(output.count(copy.output()));
        }
    }
}
