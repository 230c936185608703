package io.pagewalk.it.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.it.fixture.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An export is deleted under a run that is alive where nobody can see it, and exported anew while that run goes on. The new
 * export is exact, or stops and says why; it never completes with less. The old run ends, and says that it was deleted.
 */
public abstract class DeletedRunTest extends DeletedRunHarness {
    private static final int GROWN_FROM = 450;

    /** Takes the log away, or makes it useless. */
    protected abstract void ruinLog(String place, String topic) throws Exception;

    /** What a run publishes to the store at the beginning of the commit of a page that ends at an offset. */
    protected Predicate<String> commitOfFirstPage(String topic, long end) {
        return entry(topic, 1);
    }

    /** What a run with small files publishes to the store behind its first page. */
    protected Predicate<String> behindFirstPage(String topic) {
        return dataFrom(SECOND);
    }

    public enum When {
        BEFORE_THE_CLAIM,
        BEFORE_ENTRY_0,
        WHILE_IT_READS
    }

    public enum Change {
        SIZES,
        GROWTH,
        NOTHING
    }

    public enum Then {
        GOES_ON_FIRST,
        GOES_ON_AT_THE_SAME_TIME,
        IS_KILLED
    }

    /** All pairs of the first two, each with one of the third. */
    static Stream<Arguments> cases() {
        return pairs(When.values());
    }

    protected static Stream<Arguments> pairs(When... moments) {
        List<Arguments> pairs = new ArrayList<>();
        Change[] changes = Change.values();
        Then[] ends = Then.values();
        for (int i = 0; i < moments.length; i++) {
            for (int j = 0; j < changes.length; j++) {
                if (LongTests.areAskedFor() || (i == j && i == 2)) {
                    pairs.add(Arguments.of(moments[i], changes[j], ends[(i + j + 1) % ends.length]));
                }
            }
        }
        return pairs.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void doesNotTakeFilesOfTheOldRunForItsOwn(When when, Change change, Then then) throws Exception {
        boolean grows = change == Change.GROWTH;
        try (Records records = Records.filled("deletedrun", grows ? GROWN_FROM : RECORDS)) {
            String topic = records.topic();
            String place = store().place("deletedrun");
            String[] shape = change == Change.SIZES ? LARGE : SMALL;
            HeldCommand old =
                    export(topic, place, behindFirstPage(topic), SMALL).awaitHeld();
            awaitPages(place, topic, 1);
            if (grows) {
                records.send(0, RECORDS - GROWN_FROM).flush();
            }
            delete(place, topic);
            HeldCommand next;
            if (when == When.BEFORE_THE_CLAIM) {
                old.passOne();
                next = export(topic, place, name -> false, shape);
            } else {
                next = export(topic, place, when == When.BEFORE_ENTRY_0 ? entry(topic, 0) : dataFrom(SECOND), shape)
                        .awaitHeld();
                old.passOne();
            }

            if (then == Then.IS_KILLED) {
                old.kill();
            } else {
                old.passAll();
                if (then == Then.GOES_ON_FIRST) {
                    old.end();
                }
            }
            next.passAll();

            assertExactOrStopped(next.end(), place, records, shape);
            if (then != Then.IS_KILLED) {
                assertDeleted(old);
            }
        }
    }

    /** Its page is all that it knew of the topic, and so it would say complete for the new export. */
    @Test
    @LongTest
    protected void theOldRunAddsNothingToTheNewLog() throws Exception {
        try (Records records = Records.filled("appends", RECORDS / 2)) {
            String topic = records.topic();
            String place = store().place("appends");
            String[] onePage = {"--page-size", "1000", "--file-size", "100"};
            HeldCommand old = export(topic, place, commitOfFirstPage(topic, RECORDS / 2), onePage)
                    .awaitHeld();
            records.send(0, RECORDS / 2).flush();
            delete(place, topic);
            HeldCommand next = export(topic, place, dataFrom(SECOND), onePage).awaitHeld();

            old.passAll();
            old.end();
            next.passAll();

            assertExactOrStopped(next.end(), place, records, onePage);
            assertDeleted(old);
        }
    }

    /** Nobody knows which files it had, but for their names. */
    @Test
    @LongTest
    protected void deletesAnExportWhoseLogIsOfNoUse() throws Exception {
        try (Records records = Records.filled("ruined", RECORDS)) {
            String topic = records.topic();
            String place = store().place("ruined");
            HeldCommand old =
                    export(topic, place, behindFirstPage(topic), SMALL).awaitHeld();
            awaitPages(place, topic, 1);
            ruinLog(place, topic);
            delete(place, topic, "--without-log");
            assertThat(store().files(place)).noneMatch(name -> isData(name));
            HeldCommand next = export(topic, place, dataFrom(SECOND), LARGE).awaitHeld();

            old.passOne();
            old.passAll();
            old.end();
            next.passAll();

            assertExactOrStopped(next.end(), place, records, LARGE);
            assertDeleted(old);
        }
    }
}
