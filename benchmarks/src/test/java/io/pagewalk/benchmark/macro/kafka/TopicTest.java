package io.pagewalk.benchmark.macro.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.benchmark.Shape;
import org.junit.jupiter.api.Test;

class TopicTest {
    @Test
    void isCalledAfterWhatItIs() {
        assertThat(new Topic(Shape.ORDERS, 1000, 8).name()).isEqualTo("orders-1000-8");
        assertThat(new Topic(Shape.ODD, 1000, 1).name()).isEqualTo("odd-1000-1");
    }

    @Test
    void countsTheBytesOfItsValuesAsLines() {
        assertThat(new Topic(Shape.PLAIN, 1000, 8).lineBytes()).isEqualTo(421_000);
    }

    @Test
    void aValueThatIsNullIsAWordOfALine() {
        long before = new Topic(Shape.ORDERS, 100, 8).lineBytes();

        assertThat(new Topic(Shape.ORDERS, 101, 8).lineBytes()).isEqualTo(before + "null\n".length());
    }

    @Test
    void knowsAboutHowLongItsRecordsAre() {
        assertThat(new Topic(Shape.PLAIN, 10, 8).bytesARecord()).isBetween(430L, 440L);
        assertThat(new Topic(Shape.ORDERS, 10, 8).bytesARecord()).isBetween(200L, 350L);
    }

    @Test
    void hasOthersBesideIt() {
        Topic topic = new Topic(Shape.ORDERS, 1000, 8, 3);

        assertThat(topic.namesBeside()).hasSize(3).allMatch(name -> name.matches(topic.expression()));
        assertThat(topic.name()).matches(topic.expression()).isEqualTo("orders-1000-8-of-4");
        assertThat(topic.allRecords()).isEqualTo(1030);
        assertThat(new Topic(Shape.ORDERS, 1000, 8).namesBeside()).isEmpty();
    }
}
