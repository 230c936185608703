package io.pagewalk.it.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.embedded.Topics;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Cli.Result;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Row;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** As {@link DeletedRunTest}: what does not depend on where an output and its log are. */
public abstract class MoreDeletedRunsTest extends DeletedRunHarness {
    /** No gate: both are at work at the same time, and slowly. */
    @Test
    @LongTest
    void bothGoOnSlowly() throws Exception {
        try (Records records = Records.filled("asleep", RECORDS)) {
            String topic = records.topic();
            String place = store().place("asleep");
            HeldCommand old = export(
                    topic, place, name -> false, "--page-size", "200", "--file-size", "100", "--max-rate", "9kB");
            Eventually.isTrue("under way", () -> dataFiles(place) >= 3 || !old.isAlive());
            old.signal("STOP");
            delete(place, topic);
            HeldCommand next = export(
                    topic, place, name -> false, "--page-size", "400", "--file-size", "200", "--max-rate", "9kB");
            Eventually.isTrue("begun", () -> command("status", place, topic).code() == 3 || !next.isAlive());

            old.signal("CONT");

            assertExactOrStopped(next.end(), place, records, LARGE);
            assertDeleted(old);
        }
    }

    @Test
    @LongTest
    void theOldRunThatIsFasterThanTheNewOneCommitsNoneOfItsPages() throws Exception {
        try (Records records = Records.filled("faster", RECORDS)) {
            String topic = records.topic();
            String place = store().place("faster");
            HeldCommand old = export(topic, place, dataFrom(2 * SECOND), SMALL).awaitHeld();
            awaitPages(place, topic, 2);
            delete(place, topic);
            HeldCommand next = export(topic, place, dataFrom(0), SMALL).awaitHeld();

            old.passAll();
            old.end();
            assertThat(command("status", place, topic).exits(3).out()).contains("page 1 is next");
            next.passAll();

            assertExactOrStopped(next.end(), place, records, SMALL);
            assertDeleted(old);
        }
    }

    @Test
    @LongTest
    void twoDeletionsEndTwoRuns() throws Exception {
        try (Records records = Records.filled("twice", RECORDS)) {
            String topic = records.topic();
            String place = store().place("twice");
            String[] shape = {"--page-size", "300", "--file-size", "150"};
            HeldCommand first = export(topic, place, dataFrom(SECOND), SMALL).awaitHeld();
            delete(place, topic);
            HeldCommand second = export(topic, place, dataFrom(SECOND), LARGE).awaitHeld();
            delete(place, topic);
            HeldCommand third = export(topic, place, dataFrom(SECOND), shape).awaitHeld();

            first.passOne();
            second.passOne();
            first.passAll();
            second.passAll();
            third.passAll();

            assertExactOrStopped(third.end(), place, records, shape);
            assertDeleted(first);
            assertDeleted(second);
        }
    }

    /** Another deletion finishes meanwhile, and a new export has files of the same offsets. */
    @ParameterizedTest
    @EnumSource
    @LongTest
    void aDeletionThatSleptRemovesNothingOfALaterExport(Asleep asleep) throws Exception {
        try (Records records = Records.filled("sleepy", RECORDS)) {
            String topic = records.topic();
            String place = store().place("sleepy");
            Cli.run(arguments(topic, place, SMALL)).exits(0);
            HeldCommand sleeper = deletion(topic, place, asleep).awaitHeld();
            delete(place, topic);
            HeldCommand next = export(topic, place, dataFrom(3 * SECOND), SMALL).awaitHeld();
            awaitPages(place, topic, 3);

            sleeper.passAll();
            Result deletion = sleeper.end();
            next.passAll();

            next.end().exits(0);
            assertExact(place, records);
            assertThat(deletion.code()).as(deletion.err()).isIn(0, 1, 2);
        }
    }

    @Test
    @LongTest
    void aDeletionThatSleptWhileTheRunWentOnRemovesAllOfIt() throws Exception {
        try (Records records = Records.filled("overtaken", RECORDS)) {
            String topic = records.topic();
            String place = store().place("overtaken");
            HeldCommand old = export(topic, place, dataFrom(2 * SECOND), SMALL).awaitHeld();
            awaitPages(place, topic, 2);
            HeldCommand sleeper = permittedDeletion(topic, place);

            old.passAll();
            Result oldEnd = old.end();
            sleeper.passAll();
            if (sleeper.end().code() != 0) {
                delete(place, topic);
            }

            assertThat(oldEnd.code()).as(oldEnd.err()).isIn(0, 2);
            assertThat(store().files(place)).noneMatch(name -> isData(name));
            assertExactOrStopped(Cli.run(arguments(topic, place, LARGE)), place, records, LARGE);
        }
    }

    /** The old one goes on without records that are gone, so its files lack what it alone has on record. */
    @Test
    void doesNotTakeAFileThatLacksWhatTheOldRunHasOnRecordAsLost() throws Exception {
        try (Records records = Records.filled("losing", RECORDS)) {
            String topic = records.topic();
            String place = store().place("losing");
            long deleted = SECOND + 50;
            String[] losing = {"--page-size", "200", "--file-size", "100", "--on-data-loss", "record"};
            String[] onePage = Stream.concat(Stream.of(losing), Stream.of("--max-pages", "1"))
                    .toArray(String[]::new);
            Cli.run(arguments(topic, place, onePage)).exits(3);
            Broker.deleteRecords(topic, 0, deleted);
            HeldCommand old = export(topic, place, dataFrom(SECOND), losing).awaitHeld();
            delete(place, topic);
            HeldCommand next =
                    export(topic, place, dataFrom(2 * SECOND), losing).awaitHeld();

            old.passOne();
            old.passAll();
            old.end();
            next.passAll();

            List<Row> rows = records.rows().stream()
                    .filter(row -> row.offset() >= deleted)
                    .toList();
            assertExactOrStopped(next.end(), place, topic, rows, losing);
            assertDeleted(old);
        }
    }

    /** A publication that is on its way when the new export completes cannot be stopped, but is found. */
    @Test
    void verifyFindsWhatArrivesAfterTheEnd() throws Exception {
        try (Records records = Records.filled("late", RECORDS)) {
            String topic = records.topic();
            String place = store().place("late");
            HeldCommand old = export(topic, place, dataFrom(SECOND), SMALL).awaitHeld();
            awaitPages(place, topic, 1);
            delete(place, topic);
            Cli.run(arguments(topic, place, LARGE)).exits(0);
            assertExact(place, records);
            Set<String> before = new HashSet<>(store().files(place));

            old.passAll();
            assertDeleted(old);

            List<String> late = store().files(place).stream()
                    .filter(name -> !before.contains(name))
                    .toList();
            if (!late.isEmpty()) {
                assertThat(command("verify", place, topic).exits(9).out()).contains(late);
                removeAll(place, late);
            }
            assertExact(place, records);
        }
    }

    /** Its files are named as if they were of the topic's partition 0. */
    @Test
    @LongTest
    void leavesATopicWithASimilarNameInTheSameOutputAlone() throws Exception {
        try (Records records = Records.filled("twins", RECORDS)) {
            String topic = records.topic();
            String twin = topic + "-0";
            String place = store().place("twins");
            Topics.create(Broker.servers(), twin, 1, Map.of());
            try (Records others = Records.into(twin)) {
                others.send(0, RECORDS / 2).flush();
                Cli.run(arguments(twin, place, SMALL)).exits(0);
                HeldCommand old =
                        export(topic, place, dataFrom(topic, SECOND), SMALL).awaitHeld();
                awaitPages(place, topic, 1);
                delete(place, topic);
                HeldCommand next =
                        export(topic, place, dataFrom(topic, SECOND), LARGE).awaitHeld();

                old.passOne();
                old.kill();
                next.passAll();

                assertExactOrStopped(next.end(), place, records, LARGE);
                assertExact(place, others);
                delete(place, topic);
                assertExact(place, others);
            }
        }
    }
}
