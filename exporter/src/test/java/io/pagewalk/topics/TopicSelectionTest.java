package io.pagewalk.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.error.UsageException;
import io.pagewalk.listing.ListedTopic;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicSelectionTest {
    private static final List<ListedTopic> TOPICS = Stream.of(
                    "orders",
                    "orders.eu",
                    "orders-eu",
                    "ordersXeu",
                    "payments-1",
                    "payments-2",
                    "payments-test",
                    "_schemas",
                    "_pagewalk",
                    "__audit",
                    "logs")
            .map(name -> new ListedTopic(name, false))
            .toList();

    @Test
    void whatIsMadeOfTheCharactersOfNamesIsAName() {
        assertThat(topics("orders.eu,_schemas")).containsExactly("_schemas", "orders.eu");
    }

    @Test
    void whateverHasAnotherCharacterIsAnExpressionForAWholeName() {
        assertThat(topics("orders|payments-.")).containsExactly("orders", "payments-1", "payments-2");
        assertThat(topics("orders.eu|x")).containsExactly("orders-eu", "orders.eu", "ordersXeu");
    }

    @Test
    void aCommaWithinBracketsBelongsToItsExpression() {
        assertThat(topics("payments-\\w{1,2},orders")).containsExactly("orders", "payments-1", "payments-2");
        assertThat(topics("orders[.,-]eu")).containsExactly("orders-eu", "orders.eu");
    }

    @Test
    void whatIsExcludedIsOutEvenIfItIsNamed() {
        assertThat(topics("payments-test,payments-.*", ".*-test,payments-1")).containsExactly("payments-2");
    }

    @Test
    void internalTopicsAndThoseThatHoldLogsAreOutUnlessTheyAreNamed() {
        List<ListedTopic> topics = List.of(
                new ListedTopic("__consumer_offsets", true),
                new ListedTopic("__audit", false),
                new ListedTopic("strange", true),
                new ListedTopic("logs", false),
                new ListedTopic("_schemas", false));

        assertThat(choose(topics, ".*").topics()).containsExactly("_schemas");
        assertThat(choose(topics, "__.*,logs,strange,__audit").topics()).containsExactly("__audit", "logs", "strange");
        assertThat(choose(topics, "__consumer_offsets").topics()).containsExactly("__consumer_offsets");
    }

    @Test
    void tellsWhatIsNamedAndNotThere() {
        TopicSelection selection = TopicSelection.of(List.of("orders,gone,also-gone,never-.*"), List.of("also-.*"));

        TopicSelection.Chosen chosen = selection.choose(TOPICS, Set.of());

        assertThat(chosen.topics()).containsExactly("orders");
        assertThat(chosen.missing()).containsExactly("gone");
    }

    @Test
    void listsMayBeGivenMoreThanOnceAndHaveBlanks() {
        TopicSelection selection = TopicSelection.of(List.of(" orders , orders-eu,", "payments-1"), List.of());

        assertThat(selection.choose(TOPICS, Set.of()).topics()).containsExactly("orders", "orders-eu", "payments-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " , ", "orders,(", "a{2,1}", "*", "..", "[z-a]"})
    void refusesWhatIsNeitherANameNorAnExpression(String list) {
        assertThatThrownBy(() -> TopicSelection.of(List.of(list), List.of()))
                .isInstanceOf(UsageException.class)
                .hasMessageNotContaining("\n");
    }

    private static List<String> topics(String included, String... excluded) {
        return TopicSelection.of(List.of(included), List.of(excluded))
                .choose(TOPICS, Set.of("logs"))
                .topics();
    }

    private static TopicSelection.Chosen choose(List<ListedTopic> topics, String included) {
        return TopicSelection.of(List.of(included), List.of()).choose(topics, Set.of("logs"));
    }
}
