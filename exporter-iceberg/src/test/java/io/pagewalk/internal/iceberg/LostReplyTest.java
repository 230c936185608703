package io.pagewalk.internal.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.table.FollowedTable;
import io.pagewalk.table.TableCatalog;
import java.util.function.Supplier;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.exceptions.ServiceFailureException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What fails at the one moment that matters. */
class LostReplyTest {
    private static final DirectoryLocation OUTPUT = new DirectoryLocation("file", "/data/out", false);

    private final FaultyCatalog fake = FaultyCatalog.empty();
    private final TableCatalog catalog = fake.open();
    private FollowedTable table;

    @BeforeEach
    void follow() {
        table = catalog.open(Following.series(catalog.prepare("db.orders", Shapes.plain(), OUTPUT), OUTPUT, false));
    }

    /** Fails one commit, before or after it is done. */
    private void failOnce(boolean after, Supplier<RuntimeException> failure) {
        fake.fail(new FaultyCatalog.Faults() {
            private boolean failed;

            private void fail(String operation) {
                if (operation.equals("commit") && !failed) {
                    failed = true;
                    throw failure.get();
                }
            }

            @Override
            public void before(String operation) {
                if (!after) {
                    fail(operation);
                }
            }

            @Override
            public void after(String operation) {
                if (after) {
                    fail(operation);
                }
            }
        });
    }

    private void assertWhole(long last) {
        assertThat(table.position()).isEqualTo(Following.at(last));
        assertThat(Following.seen(table)).isEqualTo(Following.names(last));
        Table raw = fake.loadTable(TableIdentifier.of("db", "orders"));
        for (ManifestFile manifest : raw.currentSnapshot().allManifests(raw.io())) {
            assertThat(raw.io().newInputFile(manifest.path()).exists()).isTrue();
        }
    }

    @Test
    void whatIsNotKnownIsSaidAndFoundOut() {
        failOnce(true, () -> new CommitStateUnknownException(new ServiceFailureException("502")));
        assertThatThrownBy(() -> table.append(Following.change(0, 1)))
                .isInstanceOf(ExportFailedException.class)
                .hasMessageStartingWith(
                        "it is not known whether the iceberg table db.orders has what was committed last:");
        assertWhole(1);
    }

    @Test
    void aReplyThatIsLostSomehowIsNotKnownEither() {
        failOnce(true, () -> new RESTException("Error occurred while processing POST request"));
        assertThatThrownBy(() -> table.append(Following.change(0, 1)))
                .isInstanceOf(ExportFailedException.class)
                .hasMessageContaining("it is not known");
        assertWhole(1);
    }

    @Test
    void whatWasNotDoneIsDoneByTheSameChange() {
        failOnce(false, () -> new CommitStateUnknownException(new ServiceFailureException("502")));
        assertThatThrownBy(() -> table.append(Following.change(0, 1))).isInstanceOf(ExportFailedException.class);
        assertThat(table.append(Following.change(0, 1))).isTrue();
        assertWhole(1);
    }

    @Test
    void aConflictIsTriedAgain() {
        failOnce(false, () -> new CommitFailedException("changed"));
        assertThat(table.append(Following.change(0, 1))).isTrue();
        assertWhole(1);
    }

    /** As when a client sends its request again, whose first reply was lost: the manifests are the table's by now. */
    @Test
    void aConflictWithItselfDoesNoHarm() {
        failOnce(true, () -> new CommitFailedException("changed"));
        assertThat(table.append(Following.change(0, 1))).isFalse();
        assertWhole(1);
    }

    @Test
    void whatOthersCommitAfterTheTableWasLookedAtStays() {
        fake.fail(new FaultyCatalog.Faults() {
            private boolean done;

            @Override
            public void before(String operation) {}

            @Override
            public void after(String operation) {
                if (operation.equals("load") && !done) {
                    done = true;
                    fake.soundly(LostReplyTest.this::foreignAppend);
                }
            }
        });

        assertThat(table.append(Following.change(0, 1))).isTrue();

        assertWhole(1);
        assertThat(table.files(name -> {})).isEqualTo(1);
    }

    private void foreignAppend() {
        Table raw = fake.loadTable(TableIdentifier.of("db", "orders"));
        raw.newFastAppend()
                .appendFile(DataFiles.builder(raw.spec())
                        .withPath("/elsewhere/a.parquet")
                        .withFileSizeInBytes(10)
                        .withRecordCount(1)
                        .build())
                .commit();
    }

    @Test
    void aRefusalIsForSomebodyToMend() {
        failOnce(false, () -> new ForbiddenException("not yours"));
        assertThatThrownBy(() -> table.append(Following.change(0, 1)))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "the iceberg catalog (fake) does not let the iceberg table db.orders be used: not yours; check its"
                                + " credentials");
    }
}
