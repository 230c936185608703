package io.pagewalk.internal.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.http.record.RecordJson;
import io.pagewalk.http.record.RecordPerLine;
import io.pagewalk.http.record.Showing;
import io.pagewalk.http.record.ShownRecord;
import io.pagewalk.internal.http.answer.Documents;
import io.pagewalk.internal.http.answer.ListingMeta;
import io.pagewalk.internal.http.answer.ServedFigures;
import io.pagewalk.internal.http.answer.WaitingRoom;
import io.pagewalk.internal.http.query.BadRequestException;
import io.pagewalk.internal.http.query.Decoders;
import io.pagewalk.internal.http.query.ListingQuery;
import io.pagewalk.internal.http.query.ListingQuery.Mode;
import io.pagewalk.internal.http.query.Parameters;
import io.pagewalk.internal.http.query.QueryReader;
import io.pagewalk.internal.http.server.Exchange;
import io.pagewalk.internal.http.stream.PageStreams;
import io.pagewalk.internal.http.stream.PageThread;
import io.pagewalk.listing.ListedPage;
import io.pagewalk.listing.PageCut;
import io.pagewalk.listing.PageSequence;
import io.pagewalk.model.ListingToken;
import io.pagewalk.record.RecordView;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of a topic: a page, or pages one after the other. */
final class RecordsAnswer implements Answer {
    private static final int MOST_FORM_BYTES = 1 << 20;
    /** Proxies refuse longer headers. */
    private static final int MOST_LINK_CHARACTERS = 2_000;

    private final ListingReader reader;
    private final Decoders decoders;
    private final PageStreams streams;
    private final ServedFigures figures;
    private final long memory;
    private final WaitingRoom room;

    RecordsAnswer(
            ListingReader reader,
            Decoders decoders,
            PageStreams streams,
            ServedFigures figures,
            long memory,
            WaitingRoom room) {
        this.reader = reader;
        this.decoders = decoders;
        this.streams = streams;
        this.figures = figures;
        this.memory = memory;
        this.room = room;
    }

    @Override
    public void to(Exchange exchange, String[] variables) throws IOException {
        ListingQuery query = new QueryReader(
                        variables[0], parameters(exchange), exchange.headers("Accept"), memory, decoders)
                .read();
        String tag = tag(exchange, query);
        exchange.header("Vary", "Accept, Authorization");
        if (tag != null && isKnown(exchange, tag)) {
            reader.validate(token(query));
            cache(exchange, tag);
            exchange.send(304, new byte[0]);
        } else if (!query.format().isStream()) {
            document(exchange, query, tag);
        } else if (exchange.method().equals("HEAD")) {
            headOfStream(exchange, query);
        } else {
            streams.write(exchange, query, reader.open(query));
        }
    }

    /** Whether the stream would begin, without it. */
    private void headOfStream(Exchange exchange, ListingQuery query) throws IOException {
        try (PageSequence sequence = reader.open(query);
                ListedPage page = sequence.next()) {
            figures.read(page);
        }
        exchange.header("Content-Type", query.format().type());
        exchange.header("Cache-Control", "no-store");
        try (OutputStream none = exchange.stream(200)) {
            // An end without a beginning would have a length.
            none.flush();
        }
    }

    private static ListingToken token(ListingQuery query) {
        ListingToken token = query.token();
        if (token == null) {
            throw new IllegalStateException();
        }
        return token;
    }

    private static Parameters parameters(Exchange exchange) throws IOException {
        if (!exchange.method().equals("POST")) {
            return Parameters.parse(exchange.query());
        }
        if (exchange.query() != null) {
            throw new BadRequestException("the parameters of a POST are in its body");
        }
        return Parameters.parse(Forms.text(exchange, MOST_FORM_BYTES));
    }

    private void document(Exchange exchange, ListingQuery query, @Nullable String tag) throws IOException {
        long begun = System.nanoTime();
        try (PageSequence sequence = reader.open(query)) {
            ListedPage page = PageThread.read(sequence::next);
            try {
                figures.read(page);
                Duration passed = Duration.ofNanos(System.nanoTime() - begun);
                Showing showing = decoders.showing(
                        query.formats(), query.limits().deadline().minus(passed), RecordAnswer.decoded(memory));
                send(exchange, query, page, showing, tag);
            } catch (RuntimeException | Error e) {
                page.close();
                throw e;
            }
        }
    }

    /** The document waits for its client alone, without the records. */
    private void send(Exchange exchange, ListingQuery query, ListedPage page, Showing showing, @Nullable String tag) {
        List<ShownRecord> shown = page.records().stream().map(showing::show).toList();
        RecordJson records = new RecordJson(query.formats(), RecordsAnswer::link);
        byte[] body = Documents.of(json -> {
            json.setPrettyPrinter(new RecordPerLine());
            json.writeStartObject();
            json.writeArrayFieldStart("records");
            for (ShownRecord record : shown) {
                records.write(record, json);
            }
            json.writeEndArray();
            json.writeFieldName("meta");
            ListingMeta.write(query, page, json);
            json.writeEndObject();
        });
        Runnable taken = room.take(body.length);
        page.close();
        exchange.header("Content-Type", query.format().type());
        String next = ListingMeta.nextQuery(query, page);
        if (next != null && next.length() <= MOST_LINK_CHARACTERS) {
            exchange.header("Link", "<" + next + ">; rel=\"next\"");
        }
        if (tag != null && page.cut() != PageCut.TIME && !showing.decoder().mayChange()) {
            cache(exchange, tag);
        } else {
            exchange.header("Cache-Control", "no-store");
        }
        exchange.send(200, body, 0, body.length, taken);
    }

    /** Where all of a payload is. */
    static String link(RecordView record, String part) {
        return "/api/v1/topics/" + URLEncoder.encode(record.topic(), UTF_8) + "/records/" + record.partition() + "/"
                + record.offset() + "/" + part;
    }

    private static void cache(Exchange exchange, String tag) {
        exchange.header("Cache-Control", "private, max-age=3600");
        exchange.header("ETag", tag);
    }

    /** What a page of a token is, for ever, but for what has been lost; null where it depends on the moment. */
    private @Nullable String tag(Exchange exchange, ListingQuery query) {
        boolean isOfToken = query.token() != null && (query.mode() == Mode.WALK || isLastingScan(query));
        if (!isOfToken || query.format().isStream() || exchange.method().equals("POST")) {
            return null;
        }
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] digest =
                    sha.digest(((decoders.knowSchemas() ? "2 " : "1 ") + exchange.path() + "?" + exchange.query())
                            .getBytes(UTF_8));
            return "W/\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 18)) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a filter finds a record may change with what is known of schemas. */
    private boolean isLastingScan(ListingQuery query) {
        return query.mode() == Mode.SCAN && !decoders.knowSchemas();
    }

    private static boolean isKnown(Exchange exchange, String tag) {
        List<String> known = exchange.headers("If-None-Match");
        return known.stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(String::strip)
                .anyMatch(one -> one.equals("*") || one.equals(tag) || ("W/" + one).equals(tag));
    }
}
