package io.pagewalk.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.entry;

import io.pagewalk.error.UsageException;
import io.pagewalk.spi.Storage;
import io.pagewalk.storage.Faults;
import io.pagewalk.storage.InMemoryStorage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimTest {
    private static final Claim CLAIM = new Claim("export", "file:///logs/\u00e4 \"b\"");

    private final InMemoryStorage.Location location = new InMemoryStorage.Location();
    private final InMemoryStorage output = location.open("run");

    @Test
    void isNotFoundBeforeItIsPublished() throws IOException {
        assertThat(Claim.find(output, "orders")).isEmpty();
    }

    @Test
    void isFoundAsItWasPublished() throws IOException {
        assertThat(CLAIM.publish(output, "orders")).isTrue();

        assertThat(Claim.find(output, "orders")).contains(CLAIM);
        assertThat(location.files()).containsOnlyKeys("_pagewalk/topic=orders/claim.json");
        assertThat(location.temporaries()).isEmpty();
    }

    @Test
    void standsOnceItIsPublished() throws IOException {
        CLAIM.publish(output, "orders");

        assertThat(new Claim("late", "").publish(output, "orders")).isFalse();

        assertThat(Claim.find(output, "orders")).contains(CLAIM);
    }

    @Test
    void isOfOneTopicOnly() throws IOException {
        Claim invoices = new Claim("invoices", "");
        CLAIM.publish(output, "orders");

        assertThat(invoices.publish(output, "invoices")).isTrue();

        assertThat(Claim.find(output, "orders")).contains(CLAIM);
        assertThat(Claim.find(output, "invoices")).contains(invoices);
    }

    @Test
    void areListedByTopic() throws IOException {
        assertThat(Claim.all(output)).isEmpty();
        CLAIM.publish(output, "orders");
        new Claim("a", "").publish(output, "invoices");
        publish("_pagewalk/export/00000000000000000000.json", "{}");
        publish("_pagewalk/topic=broken/other.json", "{}");

        assertThat(Claim.all(output)).containsExactly(entry("invoices", new Claim("a", "")), entry("orders", CLAIM));
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

        Claim.find(output, "orders");

        assertThat(persisted).containsExactly("_pagewalk/topic=orders/claim.json");
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

        assertThat(Claim.find(output, "orders")).contains(CLAIM);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                  | is damaged: it does not name",
                "{                                                   | is damaged: it is no JSON",
                "{\"pagewalk\":1,\"export\":\"e\"}                   | is damaged: it does not name",
                "{\"pagewalk\":1,\"checkpoints\":\"\"}               | is damaged: it does not name",
                "{\"pagewalk\":1,\"export\":1,\"checkpoints\":\"\"}  | is damaged: it does not name",
                "[\"export\"]                                        | is damaged: it does not name",
                "{\"export\":\"e\",\"checkpoints\":\"\"}             | is damaged: it does not name",
                "{\"pagewalk\":1,\"export\":\"e\",\"checkpoints\":\"\"} x | is damaged: it is no JSON",
                "{\"pagewalk\":1,\"export\":\"../e\",\"checkpoints\":\"\"} | is damaged: what it names is no export",
                "{\"pagewalk\":1,\"export\":\"\",\"checkpoints\":\"\"}     | is damaged: what it names is no export",
                "{\"pagewalk\":1,\"export\":\"/etc\",\"checkpoints\":\"\"} | is damaged: what it names is no export",
                "{\"pagewalk\":2,\"export\":\"e\",\"checkpoints\":\"\"}   | has version 2, this program reads 1",
            })
    void refusesWhatIsNoClaimByItsPlace(String content, String message) throws IOException {
        publish(Claim.name("orders"), content);

        assertRefused(message);
    }

    @Test
    void readsABoundedAmount() throws IOException {
        publish(Claim.name("orders"), " ".repeat(64 * 1024 + 1));

        assertRefused("is no claim: it has 65537 bytes");
    }

    private void assertRefused(String message) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> Claim.find(output, "orders"))
                .withMessageStartingWith("memory/_pagewalk/topic=orders/claim.json " + message);
    }

    private void publish(String name, String content) throws IOException {
        try (Storage.PendingFile file = output.create(name)) {
            file.stream().write(content.getBytes(UTF_8));
            file.publish();
        }
    }
}
