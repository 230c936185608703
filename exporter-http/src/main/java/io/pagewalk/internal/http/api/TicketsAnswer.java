package io.pagewalk.internal.http.api;

import io.pagewalk.internal.http.answer.Documents;
import io.pagewalk.internal.http.guard.Tickets;
import io.pagewalk.internal.http.query.BadRequestException;
import io.pagewalk.internal.http.query.TicketQuery;
import io.pagewalk.internal.http.server.Exchange;
import java.io.IOException;

/** Signs a link, so that a browser can download what it leads to. */
final class TicketsAnswer implements Answer {
    private static final int MOST_BYTES = 1 << 20;

    private final Tickets tickets;

    TicketsAnswer(Tickets tickets) {
        this.tickets = tickets;
    }

    @Override
    public void to(Exchange exchange, String[] variables) throws IOException {
        if (exchange.query() != null) {
            throw new BadRequestException("the parameters of a POST are in its body");
        }
        String link = tickets.sign(TicketQuery.link(Forms.text(exchange, MOST_BYTES)));
        exchange.header("Content-Type", "application/json");
        exchange.header("Cache-Control", "no-store");
        exchange.send(200, Documents.of(json -> {
            json.writeStartObject();
            json.writeStringField("link", link);
            json.writeNumberField("seconds", Tickets.LIFE.toSeconds());
            json.writeEndObject();
        }));
    }
}
