package io.pagewalk.internal.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.TableChangedException;
import io.pagewalk.internal.log.InMemoryCheckpointStore;
import io.pagewalk.table.FollowedTable;
import io.pagewalk.table.TableChange;
import io.pagewalk.table.TablePosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** One transaction after the other, whoever else is at it. */
class FollowerTest {
    private final PagedLogs logs = new PagedLogs().begin(60, 10, 5).pages(3);
    private final FakeTable table = new FakeTable();
    private final List<TablePosition> moved = new ArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();

    private Follower follower(boolean reapplies) {
        return new Follower(() -> table, logs.changes(), "db.orders", reapplies, stopped::get);
    }

    private static TablePosition at(long sequence) {
        return TablePosition.NOTHING.at(1, sequence);
    }

    @Test
    void itGoesOnBehindThePosition() {
        Follower follower = follower(false);
        assertThat(follower.pages()).isEqualTo(-1);
        assertThat(follower.bringLevel(at(1), moved::add)).isEqualTo(at(1));
        assertThat(follower.bringLevel(at(3), moved::add)).isEqualTo(at(3));
        assertThat(follower.bringLevel(at(3), moved::add)).isEqualTo(at(3));

        assertThat(table.files).isEqualTo(logs.files);
        assertThat(moved).containsExactly(at(1), at(3));
        assertThat(follower.pages()).isEqualTo(3);
    }

    @Test
    void aTableThatCannotBeOpenedIsOpenedLater() {
        List<FollowedTable> answers = new ArrayList<>(List.of(table));
        AtomicBoolean away = new AtomicBoolean(true);
        Follower follower = new Follower(
                () -> {
                    if (away.get()) {
                        throw new ExportFailedException("away");
                    }
                    return answers.remove(0);
                },
                logs.changes(),
                "db.orders",
                false,
                stopped::get);
        assertThatThrownBy(() -> follower.bringLevel(at(1), moved::add)).hasMessage("away");
        away.set(false);
        follower.bringLevel(at(1), moved::add);
        follower.bringLevel(at(3), moved::add);

        assertThat(table.files).isEqualTo(logs.files);
    }

    @Test
    void whatARivalHasAddedIsNotAddedAgain() {
        Follower follower = follower(false);
        table.before = () -> {
            table.before = () -> {};
            table.append(logs.changes().next(TablePosition.NOTHING, at(2)));
        };

        follower.bringLevel(at(3), moved::add);

        assertThat(table.files).isEqualTo(logs.files);
        assertThat(follower.pages()).isEqualTo(3);
        assertThat(moved).containsExactly(at(3));
    }

    @Test
    void aRivalWhoIsAlwaysFasterEndsItSomeTime() {
        table.before = () -> table.position = new TablePosition(1, 1, table.position.sequence() == 0 ? 1 : 0);

        assertThatThrownBy(() -> follower(false).bringLevel(at(3), moved::add))
                .isInstanceOf(ExportFailedException.class)
                .hasMessageContaining("table db.orders was changed by others again and again");
        assertThat(table.files).isEmpty();
    }

    @Test
    void itStopsBetweenTransactions() {
        stopped.set(true);
        assertThat(follower(false).bringLevel(at(3), moved::add)).isEqualTo(TablePosition.NOTHING);
        assertThat(table.files).isEmpty();
    }

    @Test
    void aRunWithoutPagesYetHasNothingForTheTable() {
        logs.pages(3).complete().begin(10, 10, 5);
        Follower follower = follower(false);
        follower.bringLevel(at(6), moved::add);

        assertThat(follower.bringLevel(TablePosition.NOTHING.at(2, 0), moved::add))
                .isEqualTo(at(6));
        assertThat(table.changes).hasSize(1);
        logs.pages(1);
        assertThat(follower.bringLevel(TablePosition.NOTHING.at(2, 1), moved::add))
                .isEqualTo(TablePosition.NOTHING.at(2, 1));
        assertThat(table.files).isEqualTo(logs.files);
    }

    @Test
    void pagesThatAreCommittedLaterAreSeen() {
        Follower follower = follower(false);
        follower.bringLevel(at(3), moved::add);
        logs.pages(2);
        follower.bringLevel(at(5), moved::add);
        assertThat(table.files).isEqualTo(logs.files);
    }

    private void rollBackTo(long sequence) {
        table.readers = at(sequence);
        table.files.subList((int) sequence * 2, table.files.size()).clear();
    }

    @Test
    void aTableThatWasRolledBackGetsWhatItHasLostOnlyWhereAskedFor() {
        follower(false).bringLevel(at(3), moved::add);
        rollBackTo(1);

        assertThatThrownBy(() -> follower(false).bringLevel(at(3), moved::add))
                .isInstanceOf(TableChangedException.class);
        assertThat(follower(true).bringLevel(at(3), moved::add)).isEqualTo(at(3));

        assertThat(table.files).isEqualTo(logs.files);
        assertThat(table.position()).isEqualTo(at(3));
    }

    @Test
    void itIsReappliedOnce() {
        follower(false).bringLevel(at(2), moved::add);
        rollBackTo(1);
        Follower follower = follower(true);
        follower.bringLevel(at(3), moved::add);
        rollBackTo(1);

        assertThatThrownBy(() -> follower.bringLevel(at(3), moved::add)).isInstanceOf(TableChangedException.class);
    }

    /** The last state before was one that had lost an old run, or moved its position alone. */
    @Test
    void aTableThatLacksNoPageIsSoundAgainOnceReapplied() {
        follower(false).bringLevel(at(3), moved::add);
        table.append(new TableChange(at(3), new TablePosition(2, 1, 3), List.of(), 0, new TreeMap<>()));
        table.readers = at(3);

        assertThat(follower(true).bringLevel(at(3), moved::add)).isEqualTo(at(3));

        assertThat(table.position()).isEqualTo(at(3));
        assertThat(table.files).isEqualTo(logs.files);
    }

    private void expireTheFirstRun() {
        try {
            table.position = new TablePosition(2, table.position.run(), table.position.sequence());
            logs.stores.expire(1, new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aRunThatExpiresMeanwhileIsNoRollback() {
        logs.pages(3).complete().begin(30, 10, 5).pages(2);
        follower(false).bringLevel(TablePosition.NOTHING.at(2, 1), moved::add);
        FollowedTable looking = new ForwardingTable(table) {
            private boolean looked;

            @Override
            public TablePosition position() {
                TablePosition position = super.position();
                if (!looked) {
                    looked = true;
                    expireTheFirstRun();
                }
                return position;
            }
        };
        new Follower(() -> looking, logs.changes(), "db.orders", false, stopped::get)
                .bringLevel(TablePosition.NOTHING.at(2, 2), moved::add);

        assertThat(table.files).isEqualTo(logs.files);
        assertThat(table.position).isEqualTo(new TablePosition(2, 2, 2));
    }

    /** Its entries are not there to count pages by, either. */
    @Test
    void aTableThatWasRolledBackIntoARunThatHasExpiredIsForSomebodyToDecide() throws IOException {
        logs.pages(3).complete().begin(30, 10, 5).pages(2);
        follower(false).bringLevel(TablePosition.NOTHING.at(2, 2), moved::add);
        rollBackTo(2);
        InMemoryCheckpointStore first = (InMemoryCheckpointStore) logs.stores.of(1);
        logs.stores.expire(1, new byte[0]);
        first.entries.clear();

        assertThatThrownBy(() -> follower(true).bringLevel(TablePosition.NOTHING.at(2, 2), moved::add))
                .isInstanceOf(TableChangedException.class)
                .hasMessageContaining("have expired");
    }

    /** Looks at another one. */
    private static class ForwardingTable implements FollowedTable {
        private final FollowedTable table;

        ForwardingTable(FollowedTable table) {
            this.table = table;
        }

        @Override
        public TablePosition position() {
            return table.position();
        }

        @Override
        public TablePosition positionOfReaders() {
            return table.positionOfReaders();
        }

        @Override
        public TablePosition accept() {
            return table.accept();
        }

        @Override
        public boolean append(TableChange change) {
            return table.append(change);
        }

        @Override
        public boolean remove(TableChange change) {
            return table.remove(change);
        }

        @Override
        public long files(Consumer<String> own) {
            return table.files(own);
        }

        @Override
        public void detach() {
            table.detach();
        }
    }
}
