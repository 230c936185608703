package io.pagewalk.internal.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.pagewalk.error.NewerVersionException;
import io.pagewalk.error.UsageException;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.PinnedOptions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CheckpointCodecTest {
    private static final String PLACE = "checkpoint 7 in memory";

    @Test
    void readsWhatItWrote() {
        Set<Class<?>> kinds = new HashSet<>();
        for (int seed = 0; seed < 1_000; seed++) {
            Checkpoint checkpoint = new RandomCheckpoints(new Random(seed)).checkpoint();

            byte[] entry = CheckpointCodec.encode(checkpoint);

            assertThat(CheckpointReader.decode(entry, PLACE))
                    .as("seed %d", seed)
                    .isEqualTo(checkpoint);
            assertThat(CheckpointCodec.encode(checkpoint)).as("seed %d", seed).isEqualTo(entry);
            kinds.add(checkpoint.body().getClass());
        }
        assertThat(kinds).hasSize(Checkpoint.Body.class.getPermittedSubclasses().length);
    }

    @Test
    void keepsTheOrderOfOptions() {
        PinnedOptions options = Entries.start().options();
        byte[] entry = CheckpointCodec.encode(Entries.entry(0, "", Entries.start()));

        Checkpoint.Start read =
                (Checkpoint.Start) CheckpointReader.decode(entry, PLACE).body();

        assertThat(read.options().requested().keySet())
                .containsExactlyElementsOf(options.requested().keySet());
    }

    @Test
    void isOneLineOfText() {
        for (int seed = 0; seed < 100; seed++) {
            byte[] entry = CheckpointCodec.encode(new RandomCheckpoints(new Random(seed)).checkpoint());

            assertThat(new String(entry, UTF_8)).endsWith("\"}\n").containsOnlyOnce("\n");
        }
    }

    @Test
    void noticesEveryFlippedBit() {
        for (byte[] entry : Entries.oneOfEveryKind()) {
            for (int bit = 0; bit < 8 * entry.length; bit++) {
                byte[] flipped = entry.clone();
                flipped[bit / 8] ^= (byte) (1 << (bit % 8));

                assertDamaged(flipped, "");
            }
        }
    }

    @Test
    void noticesTruncationAtEveryLength() {
        for (byte[] entry : Entries.oneOfEveryKind()) {
            for (int length = 0; length < entry.length; length++) {
                assertDamaged(Arrays.copyOf(entry, length), "");
            }
        }
    }

    @Test
    void noticesWhatFollows() {
        byte[] entry = CheckpointCodec.encode(Entries.entry(0, "", Entries.start()));

        assertDamaged(Arrays.copyOf(entry, entry.length + 1), "its checksum does not match its content");
        assertDamaged((new String(entry, UTF_8) + new String(entry, UTF_8)).getBytes(UTF_8), "its checksum");
    }

    @Test
    void noticesSwappedMembers() {
        String entry = new String(CheckpointCodec.encode(Entries.entry(0, "", Entries.start())), UTF_8);
        String swapped =
                entry.replace("\"run\":\"run-1\",\"host\":\"host-1\"", "\"host\":\"host-1\",\"run\":\"run-1\"");

        assertThat(swapped).isNotEqualTo(entry);
        assertDamaged(swapped.getBytes(UTF_8), "its checksum does not match its content");
    }

    static Stream<Arguments> changesThatAreSealedAnew() {
        return Stream.of(
                arguments("\"pagewalk\":1", "\"pagewalk\":0", "is damaged: there is no version 0"),
                arguments("\"version\":1", "\"version\":0", "is damaged: there is no version 0"),
                arguments("\"version\":1", "\"version\":\"1\"", "it does not begin with pagewalk, kind, version"),
                arguments(
                        "\"pagewalk\":1,\"kind\":\"page\"",
                        "\"kind\":\"page\",\"pagewalk\":1",
                        "is damaged: it does not begin with pagewalk, kind, version"),
                arguments("\"kind\":\"page\"", "\"kind\":\"\\u001b[2J\"", "is damaged: its kind is none"),
                arguments("\"sequence\":1", "\"more\":1,\"sequence\":1", "is damaged: its member 'more' is unknown"),
                arguments("\"totals\":{", "\"totals\":{\"more\":1,", "is damaged: its member 'more' is unknown"),
                arguments("\"records\":4", "\"records\":4,\"more\":[]", "is damaged: its member 'more' is unknown"),
                arguments("\"page\":1", "\"page\":2", "it is of page 2, but its page token is the one behind page 1"),
                arguments("\"sequence\":1", "\"sequence\":\"1\"", "its member 'sequence' is missing or no integer"),
                arguments("\"sequence\":1", "\"sequence\":1e0", "its member 'sequence' is missing or no integer"),
                arguments("\"sequence\":1", "\"sequence\":99999999999999999999", "'sequence' is missing or no integer"),
                arguments("\"sequence\":1", "\"sequence\":1,\"sequence\":1", "Duplicate field 'sequence'"),
                arguments("\"host\":\"host-1\",", "", "its member 'host' is missing or no string"),
                arguments("\"topic\":\"orders\"", "\"topic\":\"../orders\"", "its topic is not a topic name"),
                arguments("T12:00:00", "t noon", "could not be parsed"),
                arguments("\"kind\":\"page\"", "\"kind\":\"loss\"", "its member 'lost' is missing or no array"),
                arguments("page\",\"version\":1", "loss\",\"version\":1,\"lost\":[]", "it records a loss of nothing"),
                arguments(
                        "page\",\"version\":1",
                        "loss\",\"version\":1,\"lost\":[[0,5,5]]",
                        "nothing is lost in an empty"),
                arguments("\"gaps\":[[0,1]", "\"gaps\":[[1,1]", "the gaps of a partition stand twice"),
                arguments("\"gaps\":[[0,1]", "\"gaps\":[[0,1,2]", "its member 'gaps' has an element that is not 2"),
                arguments("\"files\":[", "\"files\":[7,", "is missing or no integer"),
                arguments("\"files\":[", "\"file\":[", "its member 'files' is missing or no array"),
                arguments("\"partition\":0", "\"partition\":4294967296", "integer overflow"),
                arguments("\"start\":0,\"end\":5", "\"start\":5,\"end\":0", "not an offset range: [5, 0)"),
                arguments(
                        "\"start\":0,\"end\":5",
                        "\"start\":0,\"end\":0",
                        "is not the name of the file of orders-0 [0, 0)"),
                arguments("\"path\":\"orders", "\"path\":\"../orders", "a path in it is not the name of the file of"),
                arguments("\"path\":\"orders", "\"path\":\"/orders", "a path in it is not the name of the file of"),
                arguments("\"path\":\"orders", "\"path\":\"_pagewalk/orders", "is not the name of the file of"),
                arguments("\"path\":\"orders-0", "\"path\":\"orders-1", "is not the name of the file of"),
                arguments("\"path\":\"orders", "\"path\":\"payments", "is not the name of the file of"),
                arguments("ab.jsonl\"", "ax.jsonl\"", "a path in it is not the name of the file of"),
                arguments("\"gaps\":1,\"bytes\"", "\"gaps\":2,\"bytes\"", "do not add up to orders-"),
                arguments("\"lost\":0,\"gaps\":1", "\"lost\":2,\"gaps\":-1", "do not add up to orders-"),
                arguments("\"records\":4", "\"records\":-4", "bounds belong to records"),
                arguments("\"totals\":{", "\"totals\":{\"x\":", "is damaged"),
                arguments("\"next\":\"pw2.", "\"next\":\"pw0.", "is damaged: not a page token"),
                arguments("\"next\":\"pw2.", "\"next\":\"pw2.x", "page token is damaged"));
    }

    @ParameterizedTest
    @MethodSource("changesThatAreSealedAnew")
    void refusesWhatNoEntryHoldsThoughItsChecksumIsRight(String original, String replacement, String message) {
        String entry = new String(CheckpointCodec.encode(Entries.entry(1, "x", Entries.pageCommit())), UTF_8);
        assertThat(entry).contains(original);

        assertRefused(Entries.sealedAnew(entry.replace(original, replacement)), message);
    }

    /** One of each kind, as a newer program may write it. */
    static Stream<Arguments> newerEntries() {
        assertThat(Entries.oneOfEveryKind()).hasSameSizeAs(Checkpoint.Kind.values());
        return Entries.oneOfEveryKind().stream().flatMap(bytes -> {
            Checkpoint.Kind kind = CheckpointReader.decode(bytes, PLACE).body().kind();
            String entry = new String(bytes, UTF_8);
            String head = "{\"pagewalk\":1,\"kind\":\"" + kind + "\",\"version\":1,";
            assertThat(entry).startsWith(head);
            String rest = entry.substring(head.length());
            return Stream.of(
                    arguments("{\"pagewalk\":2," + rest, "its format has version 2, and this program reads version 1"),
                    arguments(
                            "{\"pagewalk\":1,\"kind\":\"" + kind + "\",\"version\":2," + rest,
                            "its kind is " + kind + ", version 2, and this program reads version 1"),
                    arguments(
                            "{\"pagewalk\":1,\"kind\":\"" + kind + "\",\"version\":2,\"new\":" + "[".repeat(900)
                                    + "]".repeat(900) + "," + rest,
                            "its kind is " + kind + ", version 2, and this program reads version 1"),
                    arguments(
                            "{\"pagewalk\":1,\"kind\":\"window-2\",\"version\":1," + rest,
                            "its kind is window-2, version 1, which this program does not know"));
        });
    }

    @ParameterizedTest
    @MethodSource("newerEntries")
    void tellsWhatANewerProgramWroteFromWhatIsDamaged(String entry, String what) {
        byte[] sealed = Entries.sealedAnew(entry);
        byte[] changed = sealed.clone();
        changed[changed.length / 2] ^= 1;

        assertThatExceptionOfType(NewerVersionException.class)
                .isThrownBy(() -> CheckpointReader.decode(sealed, PLACE))
                .withMessage(
                        PLACE + " was written by a newer Pagewalk: " + what + "; use a newer Pagewalk than this one");
        assertDamaged(changed, "its checksum does not match its content");
    }

    @Test
    void tellsAPageTokenThatIsNewerFromOneThatIsDamaged() {
        String entry = new String(CheckpointCodec.encode(Entries.entry(1, "x", Entries.pageCommit())), UTF_8);
        byte[] newer = Entries.sealedAnew(entry.replace("\"next\":\"pw2.", "\"next\":\"pw3."));

        assertThatExceptionOfType(NewerVersionException.class)
                .isThrownBy(() -> CheckpointReader.decode(newer, PLACE))
                .withMessageStartingWith(
                        PLACE + ": page token was written by a newer Pagewalk: it has version pw3, and this");
    }

    static Stream<Arguments> extents() {
        return Stream.of(
                arguments("{\"a\":0,\"b\":0,\"c\":5,\"d\":1}", "'partitions' has an element that is not 4 integers"),
                arguments("[0,0,5]", "'partitions' has an element that is not 4 integers"),
                arguments("7", "'partitions' has an element that is not 4 integers"),
                arguments("[0,\"0\",5,-1]", "its member 'partitions' holds what is no integer"),
                arguments("[4294967296,0,5,-1]", "integer overflow"),
                arguments("[0,0,5,4294967296]", "integer overflow"),
                arguments("[0,5,0,-1]", "not an offset range: [5, 0)"),
                arguments("[0,0,5,-1],[0,0,5,-1]", "a partition of its extent stands twice"));
    }

    @ParameterizedTest
    @MethodSource("extents")
    void refusesAnExtentThatIsNoneThoughItsChecksumIsRight(String cursor, String message) {
        String entry = new String(CheckpointCodec.encode(Entries.entry(0, "", Entries.start())), UTF_8);
        assertThat(entry).contains("[0,0,5,-1]");

        assertRefused(Entries.sealedAnew(entry.replace("[0,0,5,-1]", cursor)), message);
    }

    @Test
    void refusesJsonThatIsNoEntry() {
        for (String json : new String[] {"", "[", "[]", "null", "{", "{\"a\":1}", "[".repeat(10_000)}) {
            assertRefused(Entries.sealed(json), "");
        }
    }

    private static void assertDamaged(byte[] entry, String what) {
        assertRefused(entry, "is damaged: " + what);
    }

    private static void assertRefused(byte[] entry, String message) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> CheckpointReader.decode(entry, PLACE))
                .withMessageStartingWith(PLACE + " ")
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
}
