package io.pagewalk.it.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.FaultProxy;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.S3Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is left in a store that speaks S3 of a run that was killed while it tried whether anything is overwritten there. */
class LeftProbesIT {
    private static final String FOLDER = "out/_pagewalk/tmp=/";
    private static final String REMOVED = "removed 1 unfinished file of runs that were killed";

    private final String bucket = S3Server.bucket("probes");

    @Test
    void theNextRunRemovesAProbeThatIsADayOld() throws Exception {
        try (Records records = Records.filled("probed", 20)) {
            String probe = killInTheMiddleOfTheProbe(records.topic());

            assertThat(export(records.topic()).exits(0).err()).doesNotContain(REMOVED);
            assertThat(probes()).as("it may be a living run's").containsExactly(probe);
            S3Server.age(bucket, probe, Duration.ofHours(23));
            assertThat(export(records.topic()).exits(0).err()).doesNotContain(REMOVED);
            assertThat(probes()).containsExactly(probe);

            S3Server.age(bucket, probe, Duration.ofHours(25));
            assertThat(export(records.topic()).exits(0).err()).contains(REMOVED);
            assertThat(probes()).isEmpty();
        }
    }

    @Test
    @LongTest
    void aDeletionDoes() throws Exception {
        try (Records records = Records.filled("probed", 20)) {
            String probe = killInTheMiddleOfTheProbe(records.topic());
            export(records.topic()).exits(0);
            S3Server.age(bucket, probe, Duration.ofHours(25));

            assertThat(delete().exits(0).err()).contains(REMOVED);

            assertThat(S3Server.keys(bucket))
                    .containsExactly("out/_pagewalk/topic=" + records.topic() + "/deleted-1.json");
        }
    }

    @Test
    @LongTest
    void aDeletionDoesWhereNoRunGotAnyFurther() throws Exception {
        try (Records records = Records.filled("probed", 20)) {
            String probe = killInTheMiddleOfTheProbe(records.topic());
            assertThat(delete().exits(0).out()).contains("there is nothing to delete");
            assertThat(probes()).containsExactly(probe);
            S3Server.age(bucket, probe, Duration.ofHours(25));

            assertThat(delete().exits(0).err()).contains(REMOVED);

            assertThat(S3Server.keys(bucket)).isEmpty();
        }
    }

    private String killInTheMiddleOfTheProbe(String topic) throws Exception {
        AtomicInteger publications = new AtomicInteger();
        try (FaultProxy proxy = new FaultProxy(S3Server.port())) {
            proxy.hold(request ->
                    request.startsWith("PUT /" + bucket + "/out/_pagewalk/tmp") && publications.incrementAndGet() > 1);
            try (CliProcess run = CliProcess.start(arguments(topic, S3Server.properties(proxy.port())))) {
                Eventually.isTrue("its second publication is under way", () -> proxy.held() > 0 || !run.isAlive());
                assertThat(run.kill())
                        .as("killed before its end: %s", run.err())
                        .isTrue();
            }
        }
        assertThat(S3Server.keys(bucket)).singleElement().asString().startsWith(FOLDER);
        return probes().get(0);
    }

    private List<String> probes() {
        return S3Server.keys(bucket).stream()
                .filter(key -> key.startsWith(FOLDER))
                .toList();
    }

    private Cli.Result export(String topic) {
        return Cli.run(arguments(topic, S3Server.properties()));
    }

    private String[] arguments(String topic, Map<String, String> properties) {
        String[] arguments = Cli.exportArguments(topic, Path.of("replaced"), access(properties));
        arguments[Arrays.asList(arguments).indexOf("--output") + 1] = place();
        return arguments;
    }

    private Cli.Result delete() {
        List<String> arguments = new ArrayList<>(List.of("delete", "--yes", "--output", place()));
        arguments.addAll(List.of(access(S3Server.properties())));
        return Cli.run(arguments.toArray(String[]::new));
    }

    private String place() {
        return "s3a://" + bucket + "/out";
    }

    private static String[] access(Map<String, String> properties) {
        return properties.entrySet().stream()
                .flatMap(entry -> List.of("-D", entry.getKey() + "=" + entry.getValue()).stream())
                .toArray(String[]::new);
    }
}
