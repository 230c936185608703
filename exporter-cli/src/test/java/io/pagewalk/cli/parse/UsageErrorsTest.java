package io.pagewalk.cli.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.cli.Tokens;
import io.pagewalk.cli.console.Terminals;
import org.junit.jupiter.api.Test;

class UsageErrorsTest {
    private final Terminals terminals = new Terminals();

    @Test
    void namesEveryMissingOptionAndItsVariable() {
        assertThat(terminals.run("plan")).isEqualTo(2);

        assertThat(terminals.err())
                .isEqualTo("pagewalk: --bootstrap-server is missing (or PAGEWALK_BOOTSTRAP_SERVER), --topic is missing"
                        + " (or PAGEWALK_TOPIC); see pagewalk plan --help\n");
    }

    @Test
    void saysWhatIsUnknown() {
        assertThat(terminals.run("exprot")).isEqualTo(2);
        assertThat(terminals.run("plan", "--pagesize=3")).isEqualTo(2);
        assertThat(terminals.run()).isEqualTo(2);

        assertThat(terminals.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("pagewalk: unknown command 'exprot' (did you mean export?)"),
                        line -> assertThat(line).startsWith("pagewalk: unknown option --pagesize"),
                        line -> assertThat(line).startsWith("pagewalk: a command is missing"));
        assertThat(terminals.out()).isEmpty();
    }

    @Test
    void doesNotRepeatWhatMayBePartOfACredential() {
        terminals.run(
                "plan",
                "--bootstrap-server=b:1",
                "--topic=t",
                "--command-property",
                "sasl.jaas.config=PlainLoginModule",
                "required",
                "username=u",
                "password=geheim;");
        terminals.run("plan", "--bootstrap-server=b:1", "--topic=t", "--command-property", "geheim");
        terminals.run("plan", "--bootstrap-server=b:1", "--topic=t", "--sasl.password=geheim");
        terminals.run("plan", "--bootstrap-server=b:1", "--topic=t", "password=geheim");
        terminals.run(
                "plan", "--bootstrap-server=b:1", "--topic=t", "--command-property", "ssl.key.password=a", "geheim");
        terminals.run(
                "plan", "--bootstrap-server=b:1", "--topic=t", "--command-property=ssl.key.password=a", "-geheim");
        terminals.run("status", "--output=o", "-D", "fs.s3a.secret.key=a", "geheim");

        assertThat(terminals.err()).doesNotContain("geheim").doesNotContain("PlainLoginModule");
        assertThat(terminals.err().lines()).hasSize(7);
    }

    @Test
    void refusesToKeepTheLogInTheExportedTopic() {
        assertThat(terminals.run(
                        "export", "--bootstrap-server=b:1", "--topic=t", "--output=o", "--checkpoints=kafka:t"))
                .isEqualTo(2);

        assertThat(terminals.err())
                .isEqualTo(
                        "pagewalk: the log cannot be in kafka:t: the topic that is exported cannot hold the log, too;"
                                + " keep the checkpoints elsewhere with --checkpoints\n");
    }

    @Test
    void refusesOptionsThatContradictTheToken() {
        String token = Tokens.token("orders").encode();

        for (String option : new String[] {
            "--topic=other",
            "--records=10001",
            "--direction=desc",
            "--isolation-level=read_uncommitted",
            "--from=earliest"
        }) {
            assertThat(terminals.run("page", "--bootstrap-server=b:1", "--page-token", token, option))
                    .isEqualTo(2);
        }

        assertThat(terminals.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("--topic other contradicts the page token, which has orders"),
                        line -> assertThat(line).contains("--records 10001 is not from 1 to 10,000"),
                        line -> assertThat(line).contains("--direction desc contradicts"),
                        line -> assertThat(line)
                                .contains("--isolation-level read_uncommitted contradicts the page token, which has"
                                        + " read_committed"),
                        line -> assertThat(line).contains("--from earliest is for the first page"));
    }

    @Test
    void refusesNumbersOfRecordsOutOfRange() {
        for (String size : new String[] {"0", "-1", "10001"}) {
            assertThat(terminals.run("page", "--bootstrap-server=b:1", "--topic=t", "--records=" + size))
                    .isEqualTo(2);
        }

        assertThat(terminals.err().lines()).allSatisfy(line -> assertThat(line).contains("is not from 1 to 10,000"));
    }

    @Test
    void refusesAReportThatCouldNotBeWritten() {
        int code = terminals.run(
                "export", "--bootstrap-server=b:1", "--topic=t", "--output=/nowhere/o", "--report=/nowhere/r.json");

        assertThat(code).isEqualTo(2);
        assertThat(terminals.err())
                .isEqualTo("pagewalk: --report /nowhere/r.json: there is no directory /nowhere; create it, or name"
                        + " another\n");
    }

    @Test
    void refusesToBeginBehindTheEnd() {
        for (String command : new String[] {"plan", "page"}) {
            for (String[] bounds : new String[][] {{"offset:9", "offset:3"}, {"2026-02-01", "2026-01-31T23:59:59Z"}}) {
                assertThat(terminals.run(
                                command,
                                "--bootstrap-server=127.0.0.1:1",
                                "--retry-timeout=1s",
                                "--topic=t",
                                "--from=" + bounds[0],
                                "--to=" + bounds[1]))
                        .isEqualTo(2);
            }
        }

        String offsets = "pagewalk: there is nothing from offset:9 to offset:3: ";
        String times = "pagewalk: there is nothing from 2026-02-01 to 2026-01-31T23:59:59Z: ";
        assertThat(terminals.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(offsets),
                        line -> assertThat(line).startsWith(times),
                        line -> assertThat(line).startsWith(offsets),
                        line -> assertThat(line).startsWith(times));
    }
}
