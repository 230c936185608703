package io.pagewalk.internal.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.UsageException;
import io.pagewalk.spi.PlaceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopSettingsTest {
    @TempDir
    Path directory;

    private static Configuration settings(List<Path> files, Map<String, String> properties) {
        return settings(files, properties, Map.of());
    }

    /** Where the environment names the directory of this test. */
    private Configuration settingsHere(List<Path> files, Map<String, String> properties) {
        return settings(files, properties, Map.of("HADOOP_CONF_DIR", directory.toString()));
    }

    private static Configuration settings(
            List<Path> files, Map<String, String> properties, Map<String, String> environment) {
        return HadoopSettings.configuration(new PlaceSettings(properties, files, Duration.ofSeconds(45), environment));
    }

    private Path file(String name, String property, String value) throws IOException {
        return Files.writeString(
                directory.resolve(name),
                "<configuration><property><name>" + property + "</name><value>" + value
                        + "</value></property></configuration>");
    }

    @Test
    void letsWhatIsSaidLaterWin() throws IOException {
        file("core-site.xml", "fs.s3a.endpoint", "site");
        assertThat(settingsHere(List.of(), Map.of()).get("fs.s3a.endpoint")).isEqualTo("site");

        Path given = file("given.xml", "fs.s3a.endpoint", "given");
        assertThat(settingsHere(List.of(given), Map.of()).get("fs.s3a.endpoint"))
                .isEqualTo("given");

        Map<String, String> property = Map.of("fs.s3a.endpoint", "property");
        assertThat(settingsHere(List.of(given), property).get("fs.s3a.endpoint"))
                .isEqualTo("property");
    }

    @Test
    void keepsUploadsInMemoryUnlessToldOtherwise() throws IOException {
        Configuration usual = settings(List.of(), Map.of());
        assertThat(usual.get("fs.s3a.fast.upload.buffer")).isEqualTo("array");
        assertThat(usual.get("fs.s3a.multipart.size")).isEqualTo("8M");
        assertThat(usual.get("fs.azure.data.blocks.buffer")).isEqualTo("array");
        assertThat(usual.get("fs.azure.block.upload.active.blocks")).isEqualTo("2");

        Path given = file("given.xml", "fs.s3a.fast.upload.buffer", "disk");
        Configuration told = settings(List.of(given), Map.of("fs.s3a.multipart.size", "16M"));
        assertThat(told.get("fs.s3a.fast.upload.buffer")).isEqualTo("disk");
        assertThat(told.get("fs.s3a.multipart.size")).isEqualTo("16M");
    }

    @Test
    void readsS3WithoutPrefetchingUnlessToldOtherwise() {
        Configuration usual = settings(List.of(), Map.of());
        assertThat(usual.get("fs.s3a.input.stream.type")).isEqualTo("classic");

        Configuration told = settings(List.of(), Map.of("fs.s3a.input.stream.type", "analytics"));
        assertThat(told.get("fs.s3a.input.stream.type")).isEqualTo("analytics");
    }

    @Test
    void looksForAWebIdentityAfterTheEnvironmentAndBeforeTheMachinesOwn() {
        String usual = Defaults.of(Duration.ofSeconds(45), false).get("fs.s3a.aws.credentials.provider");
        String[] chain = Defaults.of(Duration.ofSeconds(45), true)
                .get("fs.s3a.aws.credentials.provider")
                .split(",");

        assertThat(usual).isNull();
        assertThat(chain)
                .containsExactly(
                        "org.apache.hadoop.fs.s3a.TemporaryAWSCredentialsProvider",
                        "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider",
                        "software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider",
                        "software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider",
                        "org.apache.hadoop.fs.s3a.auth.IAMInstanceCredentialsProvider");
    }

    @Test
    void abortsNoUploadsOfOthersWhateverItIsTold() throws IOException {
        Path site = Files.writeString(directory.resolve("core-site.xml"), """
                <configuration>
                  <property><name>fs.s3a.multipart.purge</name><value>true</value><final>true</final></property>
                  <property><name>fs.s3a.bucket.lake.multipart.purge</name><value>true</value></property>
                </configuration>
                """);
        Map<String, String> properties = Map.of(
                "fs.s3a.directory.operations.purge.uploads", "true",
                "fs.s3a.bucket.lake.directory.operations.purge.uploads", "true");

        Configuration configuration = settingsHere(List.of(site), properties);

        for (String name : List.of("multipart.purge", "directory.operations.purge.uploads")) {
            assertThat(configuration.get("fs.s3a." + name)).isEqualTo("false");
            assertThat(configuration.get("fs.s3a.bucket.lake." + name)).isEqualTo("false");
        }
    }

    @Test
    void namesAFileThatCannotBeRead() {
        Path missing = directory.resolve("missing.xml");

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> settings(List.of(missing), Map.of()))
                .withMessageContaining(missing.toString());
    }

    @Test
    void namesAFileThatIsNoConfigurationWithoutQuotingIt() throws IOException {
        Path broken = Files.writeString(directory.resolve("broken.xml"), "fs.s3a.secret.key=not-to-be-shown");

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> settings(List.of(broken), Map.of()))
                .withMessageContaining(broken.toString())
                .withMessageNotContaining("not-to-be-shown")
                .withNoCause();
    }

    @Test
    void showsNoValues() {
        assertThat(PlaceSettings.of(Map.of("fs.s3a.secret.key", "not-to-be-shown"), Duration.ofSeconds(1)))
                .asString()
                .contains("fs.s3a.secret.key")
                .doesNotContain("not-to-be-shown");
    }

    @Test
    void waitsForAboutTheRetryTimeout() {
        Configuration configuration = settings(List.of(), Map.of());
        long interval =
                configuration.getTimeDuration("fs.s3a.retry.interval", 0, java.util.concurrent.TimeUnit.MILLISECONDS);

        long total = 0;
        for (int retry = 1; retry <= configuration.getInt("fs.s3a.retry.limit", 0); retry++) {
            total += interval << retry;
        }

        assertThat(Duration.ofMillis(total)).isBetween(Duration.ofSeconds(44), Duration.ofSeconds(46));
        assertThat(configuration.get("fs.s3a.retry.throttle.limit")).isEqualTo(configuration.get("fs.s3a.retry.limit"));
    }
}
