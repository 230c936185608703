package io.pagewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.pagewalk.cli.console.Terminals;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.plan.PartitionSet;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What others schedule exports with, in {@code docker}: it has to agree with the commands, their options and exit codes. */
class ManifestsTest {
    private static final Path DOCKER = Path.of("..", "docker");
    private static final YAMLMapper YAML = new YAMLMapper();

    /** Another try would end the same. */
    private static final Set<ExitCode> FINAL = Set.of(
            ExitCode.USAGE,
            ExitCode.DATA_LOSS,
            ExitCode.FORMAT_MISMATCH,
            ExitCode.TOPIC_CHANGED,
            ExitCode.COMPLETE_WITH_EXCEPTIONS,
            ExitCode.FINDINGS);

    private final Set<String> options = optionsOfExport();

    @Test
    void jobsFailAtOnceWithTheExitCodesThatNoOtherTryMends() throws IOException {
        for (JsonNode job : jobs()) {
            JsonNode rule = job.at("/podFailurePolicy/rules/1");

            assertThat(rule.path("action").asText()).isEqualTo("FailJob");
            assertThat(rule.at("/onExitCodes/operator").asText()).isEqualTo("In");
            assertThat(rule.at("/onExitCodes/containerName"))
                    .isEqualTo(podOf(job).at("/containers/0/name"));
            assertThat(codes(rule.at("/onExitCodes/values")))
                    .isEqualTo(FINAL.stream().map(ExitCode::code).collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    /** A node that is drained ends a run with SIGTERM, whose exit code must not be looked at. */
    @Test
    void disruptionsComeBeforeExitCodes() throws IOException {
        for (JsonNode job : jobs()) {
            JsonNode rule = job.at("/podFailurePolicy/rules/0");

            assertThat(rule.path("action").asText()).isEqualTo("Ignore");
            assertThat(rule.at("/onPodConditions/0/type").asText()).isEqualTo("DisruptionTarget");
            assertThat(podOf(job).path("restartPolicy").asText()).isEqualTo("Never");
        }
    }

    @Test
    void theJobsDifferInTheirOutputOnly() throws IOException {
        List<JsonNode> jobs = jobs();
        JsonNode first = withoutEnvironment(jobs.get(0));

        assertThat(withoutEnvironment(jobs.get(1)).get("podFailurePolicy")).isEqualTo(first.get("podFailurePolicy"));
        assertThat(withoutEnvironment(jobs.get(1)).get("backoffLimit")).isEqualTo(first.get("backoffLimit"));
        assertThat(withoutEnvironment(jobs.get(1)).get("template")).isEqualTo(first.get("template"));
    }

    /** One index that cannot succeed does not end the others. */
    @Test
    void theIndexedJobGivesEachIndexAShareOfThePartitionsAndAnOutput() throws IOException {
        JsonNode job = documents("kubernetes/indexed-job.yaml").get(0).get("spec");
        JsonNode rule = job.at("/podFailurePolicy/rules/1");
        Map<String, String> environment = new LinkedHashMap<>();
        podOf(job)
                .at("/containers/0/env")
                .forEach(variable -> environment.put(
                        variable.path("name").asText(), variable.path("value").asText()));

        assertThat(job.path("completionMode").asText()).isEqualTo("Indexed");
        assertThat(job.path("backoffLimitPerIndex").asInt()).isPositive();
        assertThat(rule.path("action").asText()).isEqualTo("FailIndex");
        assertThat(codes(rule.at("/onExitCodes/values")))
                .isEqualTo(codes(jobs().get(0).at("/podFailurePolicy/rules/1/onExitCodes/values")));
        // What refers to a variable comes behind it.
        assertThat(environment.keySet()).first().isEqualTo("JOB_COMPLETION_INDEX");
        int shares = job.path("completions").asInt();
        assertThat(environment)
                .containsEntry("PAGEWALK_PARTITIONS", "$(JOB_COMPLETION_INDEX)/" + shares)
                .containsEntry("PAGEWALK_OUTPUT", "s3a://lake/orders/share-$(JOB_COMPLETION_INDEX)");
        for (int index = 0; index < shares; index++) {
            String share = environment.get("PAGEWALK_PARTITIONS").replace("$(JOB_COMPLETION_INDEX)", "" + index);
            assertThat(PartitionSet.parse(share)).hasToString(index + "/" + shares);
        }
    }

    @Test
    void variablesAndKeysAreOptionsOfTheExport() throws IOException {
        for (JsonNode job : jobs()) {
            List<String> variables = new ArrayList<>();
            for (JsonNode variable : podOf(job).at("/containers/0/env")) {
                variables.add(variable.path("name").asText());
            }
            assertThat(variables.stream().filter(name -> name.startsWith("PAGEWALK_")))
                    .isNotEmpty()
                    .map(ManifestsTest::optionOf)
                    .isSubsetOf(options);
        }
        Properties properties = new Properties();
        properties.load(new StringReader(documents("kubernetes/config.yaml")
                .get(1)
                .at("/data/export.properties")
                .asText()));
        assertThat(properties.stringPropertyNames()).isNotEmpty().isSubsetOf(options);
    }

    @Test
    void examplesTryAgainOrWarnAsTheExitCodesMean() throws IOException {
        JsonNode job = documents("examples/gitlab-ci.yaml").get(0).get("export-orders");

        assertThat(codes(job.at("/retry/exit_codes")))
                .containsExactly(ExitCode.FAILED.code(), ExitCode.STOPPED.code(), ExitCode.FENCED.code());
        assertThat(codes(job.at("/allow_failure/exit_codes")))
                .containsExactly(ExitCode.COMPLETE_WITH_EXCEPTIONS.code());
    }

    @Test
    void examplesNameOptionsOfTheExport() throws IOException {
        for (String file : List.of(
                "compose.yaml", "examples/gitlab-ci.yaml", "examples/github-actions.yaml", "examples/airflow_dag.py")) {
            List<String> variables = Files.readString(DOCKER.resolve(file))
                    .lines()
                    .flatMap(line -> Stream.of(line.split("[^A-Z_]+")))
                    .filter(word -> word.startsWith("PAGEWALK_") && !word.equals("PAGEWALK_IMAGE"))
                    .map(ManifestsTest::optionOf)
                    .distinct()
                    .toList();
            assertThat(variables).as(file).isNotEmpty().isSubsetOf(options);
        }
    }

    @Test
    void allYamlIsReadable() throws IOException {
        try (Stream<Path> files = Files.walk(DOCKER)) {
            List<Path> yaml =
                    files.filter(file -> file.toString().endsWith(".yaml")).toList();
            assertThat(yaml).hasSizeGreaterThanOrEqualTo(6);
            for (Path file : yaml) {
                assertThat(documents(DOCKER.relativize(file).toString()))
                        .as(file.toString())
                        .isNotEmpty()
                        .allMatch(JsonNode::isObject);
            }
        }
    }

    /** The specifications of the job and of what the cron job starts. */
    private static List<JsonNode> jobs() throws IOException {
        JsonNode job = documents("kubernetes/job.yaml").get(0);
        JsonNode cronJob = documents("kubernetes/cronjob.yaml").get(0);
        assertThat(cronJob.at("/spec/concurrencyPolicy").asText()).isEqualTo("Forbid");
        return List.of(job.get("spec"), cronJob.at("/spec/jobTemplate/spec"));
    }

    private static JsonNode podOf(JsonNode job) {
        return job.at("/template/spec");
    }

    private static JsonNode withoutEnvironment(JsonNode job) {
        JsonNode copy = job.deepCopy();
        ((ObjectNode) copy.at("/template/spec/containers/0")).remove("env");
        return copy;
    }

    private static SortedSet<Integer> codes(JsonNode values) {
        return StreamSupport.stream(values.spliterator(), false)
                .map(JsonNode::asInt)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<JsonNode> documents(String file) throws IOException {
        try (var parser = new YAMLFactory().createParser(DOCKER.resolve(file).toFile());
                var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(parser)) {
            return values.readAll();
        }
    }

    private static String optionOf(String variable) {
        return variable.substring("PAGEWALK_".length()).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Set<String> optionsOfExport() {
        return new CommandRunner(new Terminals().console())
                .commandLine().getSubcommands().get("export").getCommandSpec().options().stream()
                        .map(option -> option.longestName().replaceFirst("^--", ""))
                        .collect(Collectors.toSet());
    }
}
