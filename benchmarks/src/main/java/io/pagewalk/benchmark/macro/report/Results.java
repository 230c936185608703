package io.pagewalk.benchmark.macro.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.pagewalk.benchmark.Shape;
import io.pagewalk.benchmark.macro.measure.ServedPages;
import java.util.List;
import java.util.Map;

/**
 * Everything that was measured, and where, and when, and of what.
 *
 * @param started when, as an instant
 * @param command the command line
 * @param machine where
 * @param versions of Pagewalk and its peers
 * @param shape what the records of the main comparison's topic look like
 * @param records of the main comparison's topic
 * @param partitions of that topic
 * @param rounds how often each scenario ran
 * @param runs each single one
 * @param planningMillis the time to plan one page, a figure per iteration; empty if not measured
 * @param served what pages over HTTP cost
 * @param failures what did not do its work, a text each
 */
public record Results(
        String started,
        String command,
        Machine machine,
        Map<String, String> versions,
        Shape shape,
        long records,
        int partitions,
        int rounds,
        @JsonIgnore Runs runs,
        List<Double> planningMillis,
        ServedPages served,
        List<String> failures) {
    /** The topic of the main comparison, for people. */
    String topic() {
        return Figures.text(records) + " " + topics();
    }

    /** The main topics of all lengths. */
    String topics() {
        return shape.description() + "; " + partitions + (partitions == 1 ? " partition" : " partitions") + ", lz4";
    }

    /** The runs, as the JSON has them. */
    @JsonProperty("runs")
    public List<Run> allRuns() {
        return runs.all();
    }

    /** What one more record costs, as the JSON has it. */
    @JsonProperty("marginal")
    public List<Marginal> marginal() {
        return Marginal.of(runs);
    }
}
