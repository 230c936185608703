package io.pagewalk.internal.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a JVM that uses Hadoop itself, under a user of its own. */
class FileSystemsTest {
    @TempDir
    Path directory;

    private final UserGroupInformation embedder = UserGroupInformation.createRemoteUser("embedder");

    @BeforeEach
    void logIn() {
        UserGroupInformation.reset();
        Configuration secure = new Configuration(false);
        secure.set("hadoop.security.authentication", "token");
        UserGroupInformation.setConfiguration(secure);
        UserGroupInformation.setLoginUser(embedder);
    }

    @AfterEach
    void reset() {
        UserGroupInformation.reset();
    }

    @Test
    void leavesTheUserOfTheJvmAsItIs() throws Exception {
        try (FileSystem fileSystem = open(Map.of())) {
            assertThat(((Probe) fileSystem).user).isEqualTo("embedder");
        }

        assertThat(UserGroupInformation.isSecurityEnabled()).isTrue();
        assertThat(UserGroupInformation.getLoginUser()).isEqualTo(embedder);
    }

    @Test
    void worksForWhomTheEnvironmentNames() throws Exception {
        try (FileSystem fileSystem = open(Map.of("HADOOP_USER_NAME", "someone"))) {
            assertThat(((Probe) fileSystem).user).isEqualTo("someone");
        }

        assertThat(UserGroupInformation.getLoginUser()).isEqualTo(embedder);
        assertThat(UserGroupInformation.getCurrentUser()).isEqualTo(embedder);
    }

    private FileSystem open(Map<String, String> environment) throws Exception {
        Configuration simple = new Configuration(false);
        simple.setClass("fs.probe.impl", Probe.class, FileSystem.class);
        return FileSystems.open(new org.apache.hadoop.fs.Path("probe", "", directory.toString()), simple, environment);
    }

    /** Notes for whom it is opened. */
    public static final class Probe extends RawLocalFileSystem {
        private String user = "";

        @Override
        public void initialize(URI name, Configuration configuration) throws IOException {
            super.initialize(name, configuration);
            user = UserGroupInformation.getCurrentUser().getUserName();
        }
    }
}
