package io.pagewalk.internal.http.api;

import io.pagewalk.Pages;
import io.pagewalk.Pagewalk;
import io.pagewalk.http.FailureTexts;
import io.pagewalk.internal.http.answer.Problems;
import io.pagewalk.internal.http.answer.ServedFigures;
import io.pagewalk.internal.http.answer.WaitingRoom;
import io.pagewalk.internal.http.guard.Guard;
import io.pagewalk.internal.http.guard.Tickets;
import io.pagewalk.internal.http.query.Decoders;
import io.pagewalk.internal.http.server.Exchange;
import io.pagewalk.internal.http.server.HttpHandler;
import io.pagewalk.internal.http.stream.PageStreams;
import io.pagewalk.location.DirectoryLocation;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** All that can be asked, with who answers it. Safe for use by any number of threads. */
public final class Api implements HttpHandler, AutoCloseable {
    private static final Set<String> GET = Set.of("GET");
    private static final Set<String> POST = Set.of("POST");
    private static final Set<String> GET_OR_POST = Set.of("GET", "POST");
    private static final String TOPICS = "/api/v1/topics";
    private static final String RECORD = TOPICS + "/{topic}/records/{partition}/{offset}";

    private final PageStreams streams;
    private final List<Route> routes;
    private final Router router;

    /**
     * @param mostStreams how many streams are written at a time
     * @param exports where exports are that may be looked at
     */
    public Api(
            Pagewalk pagewalk,
            Pages pages,
            Decoders decoders,
            int mostStreams,
            Guard guard,
            Tickets tickets,
            List<DirectoryLocation> exports,
            FailureTexts texts) {
        Problems problems = new Problems(texts);
        ServedFigures figures = new ServedFigures(pages);
        this.streams = new PageStreams(mostStreams, problems, RecordsAnswer::link, decoders, figures::read);
        TopicsAnswer topics = new TopicsAnswer(pagewalk, pages);
        WaitingRoom room = new WaitingRoom(pages.memory());
        RecordAnswer record = new RecordAnswer(pages, decoders, figures, room);
        HealthAnswer health = new HealthAnswer(pagewalk, figures, streams);
        this.routes = List.of(
                new Route(TOPICS, GET, topics::all),
                new Route(TOPICS + "/{topic}", GET, topics::one),
                new Route(TOPICS + "/{topic}/newer", GET, topics::newer),
                new Route(
                        TOPICS + "/{topic}/records",
                        GET_OR_POST,
                        new RecordsAnswer(new ListingReader(pages), decoders, streams, figures, pages.memory(), room)),
                new Route(RECORD, GET, record::whole),
                new Route(RECORD + "/key", GET, record::key),
                new Route(RECORD + "/value", GET, record::value),
                new Route("/api/v1/exports", GET, new ExportsAnswer(pagewalk, exports, texts)::all),
                new Route("/api/v1/tickets", POST, new TicketsAnswer(tickets)),
                new Route("/", GET, health::welcome),
                new Route("/page/{name}", GET, BrowsePage::file),
                new Route("/openapi.yaml", GET, health::openApi),
                new Route("/metrics", GET, health::metrics),
                new Route("/healthz", GET, health::alive),
                new Route("/readyz", GET, health::ready));
        this.router = new Router(guard, routes, problems, figures);
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        router.handle(exchange);
    }

    /** The methods of all paths, for whoever describes them. */
    public List<String> operations() {
        return routes.stream()
                .flatMap(route -> route.methods().stream().sorted().map(method -> method + " " + route.template()))
                .toList();
    }

    @Override
    public void close() {
        streams.close();
    }
}
