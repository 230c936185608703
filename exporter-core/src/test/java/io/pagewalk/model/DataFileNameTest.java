package io.pagewalk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFileNameTest {
    private static final FileNaming NAMING = new FileNaming(1, "0123456789ab", ".jsonl.zst");

    @Test
    void saysTopicPartitionRangeGenerationAndDigest() {
        assertThat(NAMING.nameOf(slice("orders", 3, 42, 99)))
                .isEqualTo("orders-3-00000000000000000042-00000000000000000099-1-0123456789ab.jsonl.zst");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "orders-0", "orders-0-1", "_schemas", ".hidden", "a-00000000000000000001", "-"})
    void isTakenApartFromTheRight(String topic) {
        Slice slice = slice(topic, 7, 5, 11);

        DataFileName parsed = DataFileName.parse(NAMING.nameOf(slice)).orElseThrow();

        assertThat(parsed.isOfSlice(slice)).isTrue();
        assertThat(NAMING.covers(parsed.toString(), parsed, topic)).isTrue();
        assertThat(parsed.partition()).isEqualTo(7);
        assertThat(parsed.range()).isEqualTo(new OffsetRange(5, 11));
        assertThat(parsed.generation()).isEqualTo(1);
        assertThat(parsed).hasToString(NAMING.nameOf(slice));
    }

    @Test
    void isNotTakenForThatOfATopicWhoseNameItBeginsWith() {
        DataFileName other =
                DataFileName.parse(NAMING.nameOf(slice("orders-0", 1, 0, 5))).orElseThrow();

        assertThat(other.isOfTopic("orders-0")).isTrue();
        assertThat(other.isOfTopic("orders")).isFalse();
    }

    @Test
    void fitsIntoAFileNameHoweverLongTheTopicIs() {
        FileNaming longest = new FileNaming(Integer.MAX_VALUE, "0123456789ab", ".jsonl.zst");
        for (String beginning : new String[] {"", "_", ".", "-"}) {
            for (int length = 1; length <= 249 - beginning.length(); length++) {
                String topic = beginning + "t".repeat(length);
                String name = longest.nameOf(slice(topic, Integer.MAX_VALUE, Long.MAX_VALUE - 1, Long.MAX_VALUE));

                assertThat(name).as("topic of %d characters", length).hasSizeLessThanOrEqualTo(255);
                assertThat(DataFileName.parse(name).orElseThrow().isOfTopic(topic))
                        .isTrue();
            }
        }
    }

    @Test
    void keepsTopicsApartWhoseBeginningsAreTheSame() {
        String beginning = "t".repeat(248);

        assertThat(DataFileName.partOf(beginning + "a")).isNotEqualTo(DataFileName.partOf(beginning + "b"));
    }

    @Test
    void beginsWithALetterOrDigitWhateverTheTopicBeginsWith() {
        for (String topic :
                new String[] {"_x", ".x", "..", "-x", "-", "__consumer_offsets", "_" + "t".repeat(248), "7"}) {
            assertThat(NAMING.nameOf(slice(topic, 0, 0, 1))).matches("[a-z0-9].*");
        }
    }

    @Test
    void keepsTopicsApartThatDifferInTheirBeginning() {
        String[] topics = {"x", "_x", ".x", "-x", "topic", "topic_x", "topic.x", "topic-x"};

        assertThat(Stream.of(topics).map(DataFileName::partOf)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders-0-00000000000000000000-00000000000000000001-1-0123456789ab",
                "orders-0-00000000000000000000-00000000000000000001-1-0123456789AB.parquet",
                "orders-0-00000000000000000000-00000000000000000001-0-0123456789ab.parquet",
                "orders-0-00000000000000000000-00000000000000000001-01-0123456789ab.parquet",
                "orders-0-00000000000000000002-00000000000000000001-1-0123456789ab.parquet",
                "orders-9999999999-00000000000000000000-00000000000000000001-1-0123456789ab.parquet",
                "orders-0-00000000000000000000-99999999999999999999-1-0123456789ab.parquet",
                "orders-0-00000000000000000000-00000000000000000001-1-0123456789ab..",
                "orders-0-00000000000000000000-00000000000000000001-1-0123456789ab.parquet\n",
                "orders-0-00000000000000000000-00000000000000000001-1-0123456789ab.a/b",
                "-0-00000000000000000000-00000000000000000001-1-0123456789ab.parquet",
                "_SUCCESS",
                ""
            })
    void isNotWhatOnlyLooksLikeOne(String name) {
        assertThat(DataFileName.parse(name)).isEmpty();
    }

    @Test
    void isTheLastPartOfAPath() {
        Slice slice = slice("orders", 3, 10, 20);
        FileNaming naming = NAMING.in("dt=2026-11-21/hour=05");
        String path = naming.nameOf(slice);
        DataFileName name = DataFileName.ofPath(path).orElseThrow();

        assertThat(path).isEqualTo("dt=2026-11-21/hour=05/" + naming.fileOf(slice));
        assertThat(name.toString()).isEqualTo(naming.fileOf(slice)).isEqualTo(NAMING.nameOf(slice));
        assertThat(naming.covers(path, name, "orders")).isTrue();
        assertThat(naming.covers(name.toString(), name, "orders")).isFalse();
        assertThat(NAMING.covers(path, name, "orders")).isFalse();
        assertThat(DataFileName.ofPath("elsewhere/" + name)).isEmpty();
        assertThat(DataFileName.ofPath("/" + name)).isEmpty();
    }

    @Test
    void hasADigestThatAnyChangeOfWhatShapesTheFileChanges() {
        TreeMap<String, String> shape = new TreeMap<>();
        shape.put("a", "1");
        shape.put("b", "2");
        String digest = FileNaming.digestOf(shape);

        assertThat(digest).matches("[0-9a-f]{12}").isEqualTo(FileNaming.digestOf(new TreeMap<>(shape)));
        shape.put("b", "3");
        assertThat(FileNaming.digestOf(shape)).isNotEqualTo(digest);
        shape.put("b", "2");
        shape.put("c", "");
        assertThat(FileNaming.digestOf(shape)).isNotEqualTo(digest);
    }

    @Test
    void refusesPartsThatCannotStandInAName() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FileNaming(0, "0123456789ab", ".jsonl"));
        assertThatIllegalArgumentException().isThrownBy(() -> new FileNaming(1, "0123456789a", ".jsonl"));
        assertThatIllegalArgumentException().isThrownBy(() -> new FileNaming(1, "0123456789ab", "jsonl"));
        assertThatIllegalArgumentException().isThrownBy(() -> new FileNaming(1, "0123456789ab", ".a/b"));
        assertThatIllegalArgumentException().isThrownBy(() -> NAMING.in("topic=orders"));
        assertThatIllegalArgumentException().isThrownBy(() -> NAMING.in("dt=2026-11-21/"));
    }

    private static Slice slice(String topic, int partition, long start, long end) {
        return new Slice(new TopicPartition(topic, partition), new OffsetRange(start, end));
    }
}
