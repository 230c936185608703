package io.pagewalk.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Output;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is exported to where.
 *
 * @param shape of the export
 * @param place the output, as commands are given it
 * @param access options by which it is reached
 * @param output its files, in place or downloaded
 * @param generation which of the topic's exports into the output it is
 */
record Subject(
        Plan plan,
        Plan.Shape shape,
        String topic,
        String servers,
        String place,
        List<String> access,
        Output output,
        int generation) {
    static Subject local(Plan plan, String topic, String servers, Path directory) {
        return new Subject(
                plan, plan.shape(), topic, servers, directory.toString(), List.of(), new Output(directory), 1);
    }

    /** The arguments of an export. */
    String[] export(Plan.Runner runner, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("export", "--bootstrap-server", servers, "--topic", topic, "--progress", "none"));
        arguments.addAll(List.of("--output", place));
        arguments.addAll(runner.options());
        arguments.addAll(shape.options());
        arguments.addAll(plan.bounds().options());
        arguments.addAll(access);
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    /** The arguments of another command. */
    String[] command(String name, String... more) {
        List<String> arguments = new ArrayList<>(List.of(name, "--output", place, "--export-id", topic));
        arguments.addAll(access);
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    /** The frozen extent: first offset and end of each partition. */
    Map<Integer, long[]> extent() {
        Path log = output.directory()
                .resolve("_pagewalk")
                .resolve(topic)
                .resolve(Integer.toString(generation))
                .resolve("1");
        JsonNode start = Output.json(log.resolve(String.format(Locale.ROOT, "%020d.json", 0)));
        Map<Integer, long[]> extent = new HashMap<>();
        for (JsonNode range : start.get("extent").get("partitions")) {
            extent.put(
                    range.get(0).asInt(),
                    new long[] {range.get(1).asLong(), range.get(2).asLong()});
        }
        return extent;
    }
}
