package io.pagewalk.internal.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.table.TablePosition;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs leave the table before they are gone. */
class TableRemovalTest {
    private static final int[] RUNS = {1, 2, 3};

    private final PagedLogs logs = new PagedLogs()
            .begin(20, 10, 5)
            .pages(2)
            .complete()
            .begin(10, 10, 5)
            .pages(1)
            .complete()
            .begin(20, 10, 5)
            .pages(1);
    private final FakeTable table = new FakeTable();
    private final TableRemoval removal = new TableRemoval(logs.changes(), table, "db.orders");

    @BeforeEach
    void fill() {
        follow(3, 1);
    }

    private void follow(int run, long sequence) {
        new Follower(() -> table, logs.changes(), "db.orders", false, () -> false)
                .bringLevel(TablePosition.NOTHING.at(run, sequence), moved -> {});
    }

    @Test
    void theOldestRunsGoOneByOne() {
        removal.remove(RUNS, 2);

        assertThat(table.files).isEqualTo(logs.files.subList(6, 8));
        assertThat(table.position).isEqualTo(new TablePosition(3, 3, 1));
        assertThat(table.changes).hasSize(3);
    }

    @Test
    void aRemovalThatWasInterruptedGoesOn() {
        removal.remove(RUNS, 1);
        removal.remove(RUNS, 2);

        assertThat(table.files).isEqualTo(logs.files.subList(6, 8));
        assertThat(table.changes).hasSize(3);
    }

    @Test
    void aRunThatTheTableHasNotReachedStays() {
        FakeTable behind = new FakeTable();
        new Follower(() -> behind, logs.changes(), "db.orders", false, () -> false)
                .bringLevel(TablePosition.NOTHING.at(1, 1), moved -> {});

        assertThatThrownBy(() -> new TableRemoval(logs.changes(), behind, "db.orders").remove(RUNS, 1))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("run 1 cannot expire: table db.orders has not all of it yet")
                .satisfies(refusal ->
                        assertThat(((UsageException) refusal).advice()).isEqualTo(Advice.SYNC_THE_TABLE));
        assertThat(behind.files).isEqualTo(logs.files.subList(0, 2));
    }

    @Test
    void allThatTheTableHasGoesAlsoWhereItLacksTheRest() {
        logs.pages(1);
        removal.removeAll(RUNS);

        assertThat(table.files).isEmpty();
    }

    @Test
    void whoeverChangesTheTableMeanwhileEndsIt() {
        FakeTable changed = new FakeTable() {
            @Override
            public boolean remove(io.pagewalk.table.TableChange change) {
                return false;
            }
        };
        changed.position = table.position;

        assertThatThrownBy(() -> new TableRemoval(logs.changes(), changed, "db.orders").remove(RUNS, 1))
                .isInstanceOf(ExportFailedException.class)
                .hasMessageContaining("was changed by others while run 1 was to be removed");
    }

    @Test
    void differencesNameWhatIsMissingDoubledAndTooMuch() {
        TableDifferences differences = new TableDifferences(logs.changes(), RUNS);
        assertThat(differences.of(table)).isEmpty();
        table.files.remove(logs.files.get(0));
        table.files.add(logs.files.get(1));
        table.files.add("orders-9.parquet");

        List<String> lines = differences.of(table);

        assertThat(lines)
                .containsExactly(
                        logs.files.get(0)
                                + " is not in the table, though it has had the page: removed, or rewritten into others by a compaction",
                        logs.files.get(1) + " is more than once in the table",
                        "orders-9.parquet is in the table, and in no page that it should have");
    }
}
