package io.pagewalk.internal.claim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.pagewalk.error.NewerVersionException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.log.Entries;
import io.pagewalk.internal.slice.Pages;
import io.pagewalk.internal.storage.Faults;
import io.pagewalk.internal.storage.InMemoryStorage;
import io.pagewalk.model.DataFileName;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Paginator;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimTest {
    private static final Claim CLAIM = new Claim("export", 1, "file:///logs/\u00e4 \"b\"");
    private static final String NAME = "_pagewalk/topic=orders/claim-1.json";

    private final InMemoryStorage.Location location = new InMemoryStorage.Location();
    private final InMemoryStorage output = location.open("run");

    @Test
    void isNotFoundBeforeItIsPublished() throws IOException {
        assertThat(find()).isEmpty();
        assertThat(Claims.of(output, "orders").generation()).isOne();
    }

    @Test
    void isFoundAsItWasPublished() throws IOException {
        assertThat(CLAIM.publish(output, "orders")).isTrue();

        assertThat(find()).contains(CLAIM);
        assertThat(location.files()).containsOnlyKeys(NAME);
        assertThat(location.temporaries()).isEmpty();
    }

    @Test
    void standsOnceItIsPublished() throws IOException {
        CLAIM.publish(output, "orders");

        assertThat(new Claim("late", 1, "").publish(output, "orders")).isFalse();

        assertThat(find()).contains(CLAIM);
    }

    @Test
    void areListedByTopic() throws IOException {
        assertThat(Claims.all(output)).isEmpty();
        CLAIM.publish(output, "orders");
        Claim invoices = new Claim("a", 1, "");
        invoices.publish(output, "invoices");
        publish("_pagewalk/export/1/1/00000000000000000000.json", "{}");
        publish("_pagewalk/topic=_other/other.json", "{}");

        List<Claims> all = Claims.all(output);

        assertThat(all).extracting(Claims::topic).containsExactly("_other", "invoices", "orders");
        assertThat(all.get(0).current()).isEmpty();
        assertThat(all.get(1).current()).contains(invoices);
        assertThat(all.get(2).current()).contains(CLAIM);
    }

    @Test
    void isMadeDurableWhereItIsFound() throws IOException {
        CLAIM.publish(output, "orders");
        List<String> persisted = new ArrayList<>();
        output.inject(new Faults() {
            @Override
            public void before(Operation operation, String name) {
                if (operation == Operation.PERSIST) {
                    persisted.add(name);
                }
            }
        });

        find();

        assertThat(persisted).containsExactly(NAME);
    }

    @Test
    void isFoundAgainThoughTheReplyOfItsPublicationWasLost() throws IOException {
        output.inject(new Faults() {
            @Override
            public void after(Operation operation, String name) throws IOException {
                if (operation == Operation.PUBLISH) {
                    throw new IOException("reply lost");
                }
            }
        });

        assertThatIOException().isThrownBy(() -> CLAIM.publish(output, "orders"));

        assertThat(find()).contains(CLAIM);
    }

    @Test
    void isThatOfTheGenerationAfterTheHighestDeletedOne() throws IOException {
        record(2, null).publish(output, "orders");
        Claim third = new Claim("export", 3, "");
        third.publish(output, "orders");

        assertThat(Claims.of(output, "orders").generation()).isEqualTo(3);
        assertThat(find()).contains(third);
    }

    @Test
    void ofADeletedGenerationMeansThatItsDeletionIsNotFinished() throws IOException {
        CLAIM.publish(output, "orders");
        record(1, null).publish(output, "orders");
        Claims claims = Claims.of(output, "orders");

        assertThat(claims.current()).isEmpty();
        assertThat(claims.halfDeleted()).contains(CLAIM);
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(claims::requireNoneHalfDeleted)
                .withMessageContainingAll("orders", "its deletion is not finished", "delete it again");
    }

    @Test
    void ofAGenerationThatCannotHaveBegunIsRefused() throws IOException {
        CLAIM.publish(output, "orders");
        new Claim("export", 2, "").publish(output, "orders");

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(this::find)
                .withMessageContainingAll("claim-2.json", "deleted-1.json", "put it back");
    }

    @Test
    void recordsOfDeletionsTellWhatWasNeverCommitted() throws IOException {
        PageToken first = Entries.start().next();
        PageToken second = Paginator.plan(first).next();
        record(1, second).publish(output, "orders");
        DeletionRecord found = DeletionRecord.read(output, "orders", 1);

        assertThat(found).isEqualTo(record(1, second));
        Slice committed = Pages.slice("1:0-5");
        Slice left = Pages.slice("1:5-8");
        assertThat(found.showsUncommitted(name(Entries.NAMING.nameOf(left)))).isTrue();
        assertThat(found.showsUncommitted(name(Entries.NAMING.nameOf(committed))))
                .isFalse();
        assertThat(found.showsUncommitted(name(Entries.NAMING.nameOf(Pages.slice("1:4-8")))))
                .isFalse();
        assertThat(found.showsUncommitted(
                        name(Entries.NAMING.nameOf(left).replace("-1-0123456789ab", "-1-ba9876543210"))))
                .isFalse();
        assertThat(found.showsUncommitted(
                        name(Entries.NAMING.nameOf(left).replace("-1-0123456789ab", "-2-0123456789ab"))))
                .isFalse();
        assertThat(record(1, null).showsUncommitted(name(Entries.NAMING.nameOf(left))))
                .isFalse();
    }

    private static DataFileName name(String name) {
        return DataFileName.parse(name).orElseThrow();
    }

    private static DeletionRecord record(int generation, @Nullable PageToken next) {
        return new DeletionRecord(generation, "export", Entries.NAMING.digest(), "sha256:00", next);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                  | is damaged: it does not name its version",
                "{                                                   | is damaged: it is no JSON",
                "{\"pagewalk\":1,\"export\":\"e\"}                   | is damaged: it is not of topic orders",
                "{\"pagewalk\":1,\"topic\":\"orders\",\"export\":\"e\"} | is damaged: its member 'checkpoints'",
                "{\"pagewalk\":1,\"topic\":\"orders\",\"export\":1}  | is damaged: its member 'export'",
                "[\"export\"]                                        | is damaged: it does not name its version",
                "{\"export\":\"e\",\"checkpoints\":\"\"}             | is damaged: it does not name its version",
                "{\"pagewalk\":1,\"export\":\"e\",\"checkpoints\":\"\"} x | is damaged: it is no JSON",
                "{\"pagewalk\":1,\"topic\":\"orders\",\"generation\":1,\"export\":\"../e\",\"checkpoints\":\"\"}"
                        + " | is damaged: what it names is no export",
                "{\"pagewalk\":1,\"topic\":\"orders\",\"generation\":1,\"export\":\"\",\"checkpoints\":\"\"}"
                        + " | is damaged: what it names is no export",
                "{\"pagewalk\":1,\"topic\":\"orders\",\"generation\":2,\"export\":\"e\",\"checkpoints\":\"\"}"
                        + " | is damaged: it is of another generation",
                "{\"pagewalk\":1,\"topic\":\"orders\",\"generation\":1,\"export\":\"e\",\"checkpoints\":\"\",\"more\":1}"
                        + " | is damaged: it has a member that is unknown",
                "{\"pagewalk\":0,\"export\":\"e\",\"checkpoints\":\"\"} | is damaged: there is no version such as it names",
                "{\"pagewalk\":2,\"export\":\"e\",\"more\":[]}"
                        + " | 'was written by a newer Pagewalk: it has version 2, and this program reads version 1; use a'",
            })
    void refusesWhatIsNoClaimByItsPlace(String content, String message) throws IOException {
        publish(NAME, content);

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(this::find)
                .withMessageStartingWith("memory/" + NAME + " " + message);
    }

    @Test
    void tellsADeletionRecordThatIsNewerFromOneThatIsDamaged() throws IOException {
        record(1, Entries.start().next()).publish(output, "orders");
        String name = "_pagewalk/topic=orders/deleted-1.json";
        String sound = new String(location.files().get(name), UTF_8);
        String subject = "memory/" + name;

        assertThat(failure(name, sound.replace("\"pagewalk\":1", "\"pagewalk\":2,\"more\":1")))
                .isInstanceOf(NewerVersionException.class)
                .hasMessageStartingWith(subject + " was written by a newer Pagewalk: it has version 2, and this");
        assertThat(failure(name, sound.replace("\"pw2.", "\"pw3.")))
                .isInstanceOf(NewerVersionException.class)
                .hasMessageStartingWith(subject + ": page token was written by a newer Pagewalk");
        assertThat(failure(name, sound.replace("\"pw2.", "\"pw2.x")))
                .hasMessageStartingWith(subject + " is damaged: its page token cannot be read");
    }

    private Throwable failure(String name, String content) throws IOException {
        output.delete(name);
        publish(name, content);
        return catchThrowable(() -> DeletionRecord.read(output, "orders", 1));
    }

    private Optional<Claim> find() throws IOException {
        return Claims.of(output, "orders").current();
    }

    private void publish(String name, String content) throws IOException {
        try (Storage.PendingFile file = output.create(name)) {
            file.stream().write(content.getBytes(UTF_8));
            file.publish();
        }
    }
}
