package io.pagewalk.internal.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.UsageException;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.spi.PlaceSettings;
import io.pagewalk.table.TableCatalog;
import io.pagewalk.table.TableProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogsTest {
    private static final String SECRET = "correct-horse";

    @TempDir
    private Path directory;

    private static TableCatalog open(Map<String, String> settings) {
        return new IcebergProvider().open(settings, PlaceSettings.of(Map.of(), Duration.ofSeconds(1)));
    }

    private static void assertRefused(Map<String, String> settings, String why) {
        assertThatThrownBy(() -> open(settings))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(why);
    }

    @Test
    void theProviderIsFound() {
        assertThat(ServiceLoader.load(TableProvider.class).stream().map(ServiceLoader.Provider::type))
                .contains(IcebergProvider.class);
        assertThat(new IcebergProvider().format()).isEqualTo("iceberg");
    }

    @Test
    void settingsNameOneCatalog() {
        assertRefused(Map.of(), "name none");
        assertRefused(Map.of("type", "rest", "catalog-impl", "x.Y"), "both type and catalog-impl");
        assertRefused(Map.of("type", "delta"), "is none of rest, jdbc, hadoop, hive, glue");
    }

    @ParameterizedTest
    @CsvSource({"hive,iceberg-hive-metastore", "glue,iceberg-aws", "nessie,iceberg-nessie"})
    void jarsThatAreNotThereAreNamed(String type, String jar) {
        assertRefused(Map.of("type", type, "uri", "thrift://127.0.0.1:1", "warehouse", "s3://w/x"), jar);
    }

    @Test
    void aDriverThatIsNotThereIsNamedWithoutThePassword() {
        Throwable failure =
                catchThrowable(() -> open(Map.of("type", "jdbc", "uri", "jdbc:postgresql://h/d?password=" + SECRET)));
        assertThat(failure)
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("needs the JDBC driver for jdbc:postgresql, which is not there")
                .hasMessageContaining("lib/ext");
        assertNoSecret(failure);
    }

    @ParameterizedTest
    @CsvSource({"s3a://w/x,s3a", "s3://w/x,s3", "gs://w/x,gs", "abfss://c@a/x,abfss"})
    void commitsByRenameAreRefusedWhereRenamesAreNotAtomic(String warehouse, String scheme) {
        assertRefused(
                Map.of("type", "hadoop", "warehouse", warehouse), "at " + scheme + "://, where a rename is not atomic");
    }

    @Test
    void aDirectoryOfTheLocalDiskIsACatalogForTrials() {
        try (TableCatalog catalog =
                open(Map.of("type", "hadoop", "warehouse", directory.toUri().toString()))) {
            DirectoryLocation output = new DirectoryLocation("file", "/data/out", false);
            assertThat(catalog.prepare("db.orders", Shapes.dated(), output).columnIds())
                    .doesNotContainNull();
        }
    }

    @Test
    void credentialsThatACatalogLendsAreNotAskedFor() {
        assertRefused(
                Map.of(
                        "type",
                        "rest",
                        "uri",
                        "http://127.0.0.1:1",
                        "header.X-Iceberg-Access-Delegation",
                        "vended-credentials"),
                "asks for credentials of its storage");
    }

    @Test
    void aCatalogThatIsNotThereIsNamedWithoutItsSettings() {
        Throwable failure = catchThrowable(
                () -> open(Map.of("type", "rest", "uri", "http://" + SECRET + ".invalid", "token", SECRET)));
        assertThat(failure).isInstanceOf(PagewalkException.class).hasMessageContaining("the iceberg catalog (rest)");
        assertNoSecret(failure);
    }

    private static void assertNoSecret(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(String.valueOf(cause.getMessage()))
                    .doesNotContain(SECRET)
                    .doesNotContain("\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "s3a,s3a://b/out,s3://b/wh/t,s3://b/out",
        "s3a,s3a://b/out,s3a://b/wh/t,s3a://b/out",
        "s3a,s3a://b/out,s3n://other/t,s3n://b/out",
        "s3a,s3a://b/out,gs://b/t,s3a://b/out",
        "file,/data/out,file:/wh/t,file:/data/out",
        "file,/data/out,file:///wh/t,file:///data/out",
        "file,/data/out,s3://wh/t,file:///data/out",
        "hdfs,hdfs://nn:8020/out,hdfs://nn:8020/wh,hdfs://nn:8020/out"
    })
    void placesAreSpelledAsTheTableSpellsItsOwn(String scheme, String output, String table, String spelled) {
        assertThat(StorePaths.spelled(new DirectoryLocation(scheme, output, false), table))
                .isEqualTo(spelled);
        assertThat(StorePaths.relative(spelled + "/a%20b/c", output)).isEqualTo("a%20b/c");
        assertThat(StorePaths.relative(spelled + "x/c", output)).isNull();
    }
}
