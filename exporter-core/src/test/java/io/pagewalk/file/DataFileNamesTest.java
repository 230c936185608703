package io.pagewalk.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Slice;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class DataFileNamesTest {
    private static final String LONGEST = ".jsonl.zst";

    @Test
    void areThoseOfKafkasSegments() {
        assertThat(nameOf("orders", 3, 42)).isEqualTo("orders-3-00000000000000000042.jsonl.zst");
    }

    @Test
    void fitIntoAFileNameHoweverLongTheTopicIs() {
        for (int length = 1; length <= 249; length++) {
            String topic = "t".repeat(length);
            String name = nameOf(topic, Integer.MAX_VALUE, Long.MAX_VALUE - 1);

            assertThat(name).as("topic of %d characters", length).hasSizeLessThanOrEqualTo(255);
            assertThat(DataFileNames.patternFor(topic).matcher(name).matches()).isTrue();
        }
    }

    @Test
    void keepTopicsApartWhoseBeginningsAreTheSame() {
        String beginning = "t".repeat(248);

        assertThat(nameOf(beginning + "a", 0, 0)).isNotEqualTo(nameOf(beginning + "b", 0, 0));
        assertThat(DataFileNames.patternFor(beginning + "a")
                        .matcher(nameOf(beginning + "b", 0, 0))
                        .matches())
                .isFalse();
    }

    @Test
    void areRecognizedInEveryFormatAndNothingElseIs() {
        Slice slice = slice("orders", 0, 5);
        for (String extension : new String[] {".parquet", ".jsonl", ".jsonl.gz", ".jsonl.zst"}) {
            assertThat(DataFileNames.isNameOf(slice, DataFileNames.nameOf(slice, extension)))
                    .isTrue();
        }
        for (String other : new String[] {"", ".parquet/x", ".parquet\n", ".json", ".."}) {
            assertThat(DataFileNames.isNameOf(slice, DataFileNames.nameOf(slice, other)))
                    .as(other)
                    .isFalse();
        }
        assertThat(DataFileNames.isNameOf(slice, nameOf("orders", 1, 5))).isFalse();
    }

    private static String nameOf(String topic, int partition, long start) {
        return DataFileNames.nameOf(slice(topic, partition, start), LONGEST);
    }

    private static Slice slice(String topic, int partition, long start) {
        return new Slice(new TopicPartition(topic, partition), new OffsetRange(start, start + 1));
    }
}
