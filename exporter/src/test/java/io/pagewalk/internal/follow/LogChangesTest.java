package io.pagewalk.internal.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.error.Advice;
import io.pagewalk.error.TableChangedException;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.table.TableChange;
import io.pagewalk.table.TableFile;
import io.pagewalk.table.TablePosition;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a table lacks, by the log. */
class LogChangesTest {
    private final PagedLogs logs = new PagedLogs();

    private static TablePosition at(int run, long sequence) {
        return TablePosition.NOTHING.at(run, sequence);
    }

    private static List<String> names(TableChange change) {
        return change.files().stream().map(TableFile::name).toList();
    }

    @Test
    void aTransactionHasTheFilesOfAllPagesBehindThePosition() {
        logs.begin(40, 10, 5).pages(3);

        TableChange change = logs.changes().next(at(1, 1), at(1, 3));

        assertThat(change.before()).isEqualTo(at(1, 1));
        assertThat(change.after()).isEqualTo(at(1, 3));
        assertThat(change.pages()).isEqualTo(2);
        assertThat(names(change)).isEqualTo(logs.files.subList(2, 6));
        assertThat(change.offsets()).containsOnlyKeys(0).containsEntry(0, new OffsetRange(10, 30));
    }

    @Test
    void whatIsToldOfAFileIsFromTheLog() {
        logs.begin(10, 10, 5).pages(1);

        TableFile file =
                logs.changes().next(TablePosition.NOTHING, at(1, 1)).files().get(1);

        assertThat(file.name()).isEqualTo(logs.files.get(1));
        assertThat(file.bytes()).isEqualTo(100);
        assertThat(file.records()).isEqualTo(4);
        assertThat(file.firstOffset()).isEqualTo(5);
        assertThat(file.lastOffset()).isEqualTo(8);
        assertThat(file.minTimestamp()).isEqualTo(1000);
        assertThat(file.maxTimestamp()).isEqualTo(2000);
        assertThat(file.date()).isNull();
    }

    @Test
    void filesWithoutRecordsAreNotAdded() {
        logs.begin(6, 6, 5).pages(1);

        TableChange change = logs.changes().next(TablePosition.NOTHING, at(1, 1));

        assertThat(logs.files).hasSize(1);
        assertThat(names(change)).isEqualTo(logs.files);
        assertThat(change.offsets()).containsEntry(0, new OffsetRange(0, 6));
    }

    @Test
    void pagesOfSeveralRunsComeInOneTransaction() {
        logs.begin(20, 10, 5).pages(2).complete().begin(30, 10, 5).pages(1);

        TableChange change = logs.changes().next(at(1, 1), at(2, 1));

        assertThat(change.after()).isEqualTo(at(2, 1));
        assertThat(change.pages()).isEqualTo(2);
        assertThat(names(change)).isEqualTo(logs.files.subList(2, 6));
    }

    @Test
    void aTransactionEndsBeforeThePageThatWouldBeTooMuch() {
        logs.begin(40_000, 10_000, 2).pages(4);
        assertThat(logs.files).hasSize(20_000);

        TableChange first = logs.changes().next(TablePosition.NOTHING, at(1, 4));
        TableChange second = logs.changes().next(first.after(), at(1, 4));

        assertThat(first.files()).hasSize(TableChange.MOST_FILES);
        assertThat(first.after()).isEqualTo(at(1, 2));
        assertThat(second.after()).isEqualTo(at(1, 4));
        assertThat(names(second)).isEqualTo(logs.files.subList(10_000, 20_000));
    }

    @Test
    void aPageThatDoesNotFitComesAlone() {
        logs.begin(36_000, 12_000, 2).pages(3);

        TableChange first = logs.changes().next(TablePosition.NOTHING, at(1, 3));

        assertThat(first.files()).hasSize(6_000);
        assertThat(first.after()).isEqualTo(at(1, 1));
        assertThat(first.pages()).isEqualTo(1);
    }

    @Test
    void theEndIsTheLastPageWhateverStandsBehindIt() {
        assertThat(logs.changes().end()).isEqualTo(TablePosition.NOTHING);
        logs.begin(20, 10, 5);
        assertThat(logs.changes().end()).isEqualTo(at(1, 0));
        logs.pages(2).complete();
        assertThat(logs.changes().end()).isEqualTo(at(1, 2));
        logs.begin(20, 10, 5);
        assertThat(logs.changes().end()).isEqualTo(at(2, 0));
        assertThat(logs.changes().endOf(1)).isEqualTo(at(1, 2));
    }

    @Test
    void pagesAreCountedOverAllRuns() {
        logs.begin(20, 10, 5).pages(2).complete().begin(30, 10, 5).pages(3);

        assertThat(logs.changes().pagesAt(TablePosition.NOTHING)).isZero();
        assertThat(logs.changes().pagesAt(at(1, 2))).isEqualTo(2);
        assertThat(logs.changes().pagesAt(at(2, 0))).isEqualTo(2);
        assertThat(logs.changes().pagesAt(at(2, 3))).isEqualTo(5);
    }

    @Test
    void filesOfARunEndWithAnEntry() {
        logs.begin(20, 10, 5).pages(2).complete().begin(30, 10, 5).pages(3);

        assertThat(logs.changes().filesOf(2, 2)).extracting(TableFile::name).isEqualTo(logs.files.subList(4, 8));
        assertThat(logs.changes().filesOf(2, Long.MAX_VALUE)).hasSize(6);
    }

    @Test
    void aTableThatBeginsAfterRunsHaveExpiredSaysWhichIsItsFirst() throws IOException {
        logs.begin(20, 10, 5).pages(2).complete().begin(30, 10, 5).pages(1);
        logs.stores.expire(1, new byte[0]);

        TableChange change = logs.changes().next(TablePosition.NOTHING, at(2, 1));

        assertThat(change.before()).isEqualTo(TablePosition.NOTHING);
        assertThat(change.after()).isEqualTo(new TablePosition(2, 2, 1));
        assertThat(names(change)).isEqualTo(logs.files.subList(4, 6));
    }

    /** As when somebody has rolled it back to before these runs were removed from it: their files are gone. */
    @Test
    void aTableThatHasRunsThatHaveExpiredIsForSomebodyToDecide() throws IOException {
        logs.begin(20, 10, 5).pages(2).complete().begin(30, 10, 5).pages(1);
        logs.stores.expire(1, new byte[0]);

        for (TablePosition rolledBack : List.of(at(1, 1), at(1, 2), at(2, 0))) {
            assertThatThrownBy(() -> logs.changes().next(rolledBack, at(2, 1)))
                    .isInstanceOf(TableChangedException.class)
                    .hasMessageContaining("have expired")
                    .satisfies(stop ->
                            assertThat(((TableChangedException) stop).advice()).isEqualTo(Advice.DETACH_THE_TABLE));
        }
        assertThat(names(logs.changes().next(new TablePosition(2, 2, 0), at(2, 1))))
                .isEqualTo(logs.files.subList(4, 6));
    }
}
