package io.pagewalk.internal.http.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For what, and how long, a signed link is good. */
class TicketsTest {
    private static final String LINK = "/api/v1/topics/orders/records?all=true&format=csv";

    private final SetClock clock = new SetClock();
    private final Tickets tickets = new Tickets(clock);

    @ParameterizedTest
    @ValueSource(strings = {LINK, "/api/v1/topics/orders/records", "/api/v1/topics/orders/records/0/7/value"})
    void aLinkIsGoodOnceItIsSigned(String link) {
        assertThat(tickets.isGood(link)).isFalse();
        assertThat(tickets.isGood(tickets.sign(link))).isTrue();
    }

    @Test
    void aLinkIsGoodForAMinute() {
        String signed = tickets.sign(LINK);

        clock.passes(Duration.ofMillis(59_999));
        assertThat(tickets.isGood(signed)).isTrue();
        clock.passes(Duration.ofMillis(1));
        assertThat(tickets.isGood(signed)).isFalse();
    }

    @Test
    void nothingOfALinkCanBeChanged() {
        String signed = tickets.sign(LINK);

        for (int at = 0; at < signed.length(); at++) {
            char other = signed.charAt(at) == 'x' ? 'y' : 'x';
            assertThat(tickets.isGood(signed.substring(0, at) + other + signed.substring(at + 1)))
                    .as("character %d", at)
                    .isFalse();
            assertThat(tickets.isGood(signed.substring(0, at))).isFalse();
        }
        assertThat(tickets.isGood(signed + "&partitions=1")).isFalse();
        assertThat(tickets.isGood(signed.replace("all=true&format=csv", "format=csv&all=true")))
                .isFalse();
        assertThat(tickets.isGood(LINK + "&partitions=1" + signed.substring(LINK.length())))
                .isFalse();
    }

    @Test
    void theEndOfALinkCannotBePutOff() {
        String signed = tickets.sign(LINK);
        long expires = clock.instant().plus(Tickets.LIFE).getEpochSecond();

        clock.passes(Duration.ofMinutes(2));

        assertThat(signed).contains("ticket=" + expires + ".");
        assertThat(tickets.isGood(signed.replace("ticket=" + expires, "ticket=" + (expires + 600))))
                .isFalse();
        assertThat(tickets.isGood(signed.replace("ticket=" + expires, "ticket=9999999999999")))
                .isFalse();
        assertThat(tickets.isGood(signed.replace("ticket=" + expires, "ticket=99999999999999")))
                .isFalse();
    }

    @Test
    void anotherProcessSignsOtherwise() {
        assertThat(new Tickets(clock).isGood(tickets.sign(LINK))).isFalse();
    }

    /** A clock that is moved by hand. */
    private static final class SetClock extends Clock {
        private Instant now = Instant.ofEpochSecond(1_700_000_000);

        void passes(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
