package io.pagewalk.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.UsageException;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionSetTest {
    @Test
    void isMadeOfNumbers() {
        assertThat(PartitionSet.of(List.of(5, 0, 3, 4, 3))).hasToString("0,3-5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "all            | all",
                "0              | 0",
                "007            | 7",
                "0,3-5          | 0,3-5",
                "5,4,3          | 3-5",
                "0,1            | 0-1",
                "3-5,0,4-9,9    | 0,3-9",
                "2-2            | 2",
                "0, 3 - 5       | 0,3-5",
                "0-999999999    | 0-999999999",
                "1-9,3          | 1-9",
                "2/8            | 2/8",
                " 007 / 10      | 7/10",
                "0/1            | all",
            })
    void readsAChoiceAndWritesItCanonically(String text, String canonical) {
        assertThat(PartitionSet.parse(text)).hasToString(canonical);
        assertThat(PartitionSet.parse(canonical)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "0,",
                ",0",
                "a",
                "-1",
                "1-",
                "-",
                "5-3",
                "1--2",
                "1-2-3",
                "0;1",
                "ALL",
                "all,0",
                "1.5",
                "9999999999",
                "/8",
                "1/",
                "1/0",
                "-1/8",
                "0,1/8",
                "1/2/3",
                "\u0661"
            })
    void refusesWhatIsNoChoice(String text) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> PartitionSet.parse(text))
                .withMessage("'" + text + "' is not a list of partitions such as 0,3-5, nor a share such as 2/8");
    }

    @Test
    void sharesHaveAllPartitionsBetweenThemAndEachOnce() {
        for (int count = 1; count < 40; count++) {
            for (int shares = 1; shares <= count; shares++) {
                TreeSet<Integer> all = new TreeSet<>();
                int chosen = 0;
                for (int index = 0; index < shares; index++) {
                    for (int partition : select(index + "/" + shares, count)) {
                        all.add(partition);
                        chosen++;
                    }
                }
                assertThat(all).hasSize(count);
                assertThat(chosen).isEqualTo(count);
            }
        }
        assertThat(select("2/8", 20)).containsExactly(2, 10, 18);
        assertThat(PartitionSet.parse("2/8").selectPresent(11)).containsExactly(2, 10);
    }

    @Test
    void refusesAShareThatIsNoneOrThatHasNoPartition() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> PartitionSet.parse("8/8"))
                .withMessage("'8/8' is no share: of 8, the last is 7/8");
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> select("5/8", 5))
                .withMessage("share 5/8 of topic t has no partition: the topic has 5; make no more shares than that");
    }

    @Test
    void choosesAscendingAndEachOnce() {
        assertThat(PartitionSet.ALL.select("t", 3)).containsExactly(0, 1, 2);
        assertThat(select("5,0,3-4,4", 6)).containsExactly(0, 3, 4, 5);
    }

    @Test
    void namesThePartitionThatTheTopicDoesNotHave() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> select("0,4-9", 6))
                .withMessage("topic t has no partition 6: its partitions are 0 to 5");
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> select("0-999999999", 6))
                .withMessageContaining("no partition 6:");
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> select("8-9", 6))
                .withMessageContaining("no partition 8:");
    }

    @Test
    void choosesWhatItsTextLists() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            TreeSet<Integer> chosen = new TreeSet<>();
            StringBuilder text = new StringBuilder();
            for (int i = 1 + random.nextInt(6); i > 0; i--) {
                int first = random.nextInt(30);
                int last = first + random.nextInt(4);
                text.append(text.isEmpty() ? "" : ",").append(first);
                if (first < last || random.nextBoolean()) {
                    text.append('-').append(last);
                }
                for (int partition = first; partition <= last; partition++) {
                    chosen.add(partition);
                }
            }
            Integer[] expected = chosen.toArray(new Integer[0]);

            PartitionSet set = PartitionSet.parse(text.toString());

            assertThat(set.select("t", 40)).as("seed %d: %s", seed, text).containsExactly(expected);
            assertThat(select(set.toString(), 40)).as("seed %d: %s", seed, set).containsExactly(expected);
        }
    }

    private static int[] select(String text, int count) {
        return PartitionSet.parse(text).select("t", count);
    }
}
