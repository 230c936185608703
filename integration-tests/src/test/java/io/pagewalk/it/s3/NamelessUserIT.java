package io.pagewalk.it.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.pagewalk.it.fixture.HdfsCluster;
import io.pagewalk.it.fixture.LongCases;
import io.pagewalk.it.fixture.S3Server;
import io.pagewalk.it.fixture.StorageProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Containers may run under a user id that no one has a name for, as on OpenShift; Hadoop's login fails there. */
class NamelessUserIT {
    private static final List<String> NAMELESS =
            List.of("unshare", "--user", "--map-user=123456", "--map-group=123456");

    @ParameterizedTest
    @ValueSource(strings = "s3a")
    @LongCases("hdfs")
    void writesUnderAUserIdWithoutAName(String scheme) throws Exception {
        assumeThat(canBecomeNameless()).as("this system lets users be mapped").isTrue();
        boolean s3 = scheme.equals("s3a");
        Map<String, String> properties = s3 ? S3Server.properties() : HdfsCluster.properties();
        String place = s3 ? "s3a://" + S3Server.bucket("nameless") + "/out" : HdfsCluster.directory("nameless");

        StorageProcess process =
                StorageProcess.begin(NAMELESS, properties, place, "_pagewalk/tmp=", "run", "a.json", 10);

        assertThat(process.isAlive()).isTrue();
        process.kill();
    }

    private static boolean canBecomeNameless() throws Exception {
        List<String> command = new ArrayList<>(NAMELESS);
        command.add("true");
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
