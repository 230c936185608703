package io.pagewalk.internal.http.api;

import io.pagewalk.Pages;
import io.pagewalk.http.record.RecordJson;
import io.pagewalk.http.record.ShownRecord;
import io.pagewalk.internal.http.answer.Documents;
import io.pagewalk.internal.http.answer.ServedFigures;
import io.pagewalk.internal.http.answer.WaitingRoom;
import io.pagewalk.internal.http.query.BadRequestException;
import io.pagewalk.internal.http.query.Decoders;
import io.pagewalk.internal.http.query.RecordQuery;
import io.pagewalk.internal.http.server.Exchange;
import io.pagewalk.internal.http.stream.PageThread;
import io.pagewalk.listing.ListedPage;
import io.pagewalk.listing.PageLimits;
import io.pagewalk.listing.RecordFilter;
import io.pagewalk.model.ListingToken;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One record, or its key or value as they are. */
final class RecordAnswer {
    /** A record of the usual size needs no more; a larger one is asked for once more, with all there is. */
    private static final long USUAL_BYTES = 1 << 20;

    private static final int PART_AS_TEXT = 16;
    private static final int PARTS_OF_DOCUMENTS = 4;

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Pages pages;
    private final Decoders decoders;
    private final ServedFigures figures;
    private final WaitingRoom room;

    RecordAnswer(Pages pages, Decoders decoders, ServedFigures figures, WaitingRoom room) {
        this.pages = pages;
        this.decoders = decoders;
        this.figures = figures;
        this.room = room;
    }

    /** The record as JSON. */
    void whole(Exchange exchange, String[] variables) {
        RecordQuery query = RecordQuery.read(variables, exchange.query(), decoders.knowSchemas());
        // As text it takes several times as much; a larger one is shown as on a page, with links to its bytes.
        ListedPage page = read(query, Math.max(USUAL_BYTES, pages.memory() / PART_AS_TEXT));
        try {
            RecordView record = page.records().get(0);
            ShownRecord shown = decoders.showing(query.formats(), DEADLINE, decoded(pages.memory()))
                    .show(record);
            RecordJson json = new RecordJson(query.formats(), RecordsAnswer::link);
            byte[] body = Documents.of(out -> json.write(shown, out));
            Runnable taken = room.take(body.length);
            page.close();
            exchange.header("Content-Type", "application/json");
            send(exchange, body, 0, body.length, taken);
        } catch (RuntimeException | Error e) {
            page.close();
            throw e;
        }
    }

    /** How much the payloads of a document may come to that are read by their schemas. */
    static long decoded(long memory) {
        return Math.max(USUAL_BYTES, memory / PARTS_OF_DOCUMENTS);
    }

    /** The bytes of its key. */
    void key(Exchange exchange, String[] variables) {
        part(exchange, variables, "key");
    }

    /** The bytes of its value. */
    void value(Exchange exchange, String[] variables) {
        part(exchange, variables, "value");
    }

    private void part(Exchange exchange, String[] variables, String part) {
        RecordQuery query = RecordQuery.read(variables, exchange.query(), decoders.knowSchemas());
        ListedPage page = read(query, pages.memory());
        try {
            RecordView record = page.records().get(0);
            ByteView payload = part.equals("key") ? record.key() : record.value();
            if (payload == null) {
                exchange.header("Cache-Control", "no-store");
                exchange.send(204, new byte[0], 0, 0, page.release());
                return;
            }
            if (payload.fullLength() > payload.length()) {
                throw new BadRequestException(
                        507,
                        record + ": its " + part + " has " + payload.fullLength()
                                + " bytes, and the pages of this server have " + pages.memory()
                                + " together; give the JVM more (PAGEWALK_OPTS=-Xmx1g)");
            }
            exchange.header("Content-Type", "application/octet-stream");
            exchange.header(
                    "Content-Disposition",
                    "attachment; filename=\"" + record.topic() + "-" + record.partition() + "-" + record.offset() + "."
                            + part + "\"");
            send(exchange, payload.array(), payload.offset(), payload.length(), page.release());
        } catch (RuntimeException | Error e) {
            page.close();
            throw e;
        }
    }

    private static void send(Exchange exchange, byte[] bytes, int offset, int length, Runnable sent) {
        exchange.header("Cache-Control", "no-store");
        exchange.send(200, bytes, offset, length, sent);
    }

    /**
     * The page that has it alone.
     *
     * @param most so many of its bytes, if it has more than usual
     */
    private ListedPage read(RecordQuery query, long most) {
        ListingToken token = pages.first(query.spec(), RecordFilter.ALL);
        OffsetRange range = token.walk().remaining(0);
        if (range.isEmpty()) {
            throw notThere(query, range);
        }
        ListedPage page = read(token, USUAL_BYTES);
        RecordView record = first(page);
        if (record == null) {
            page.close();
            throw new BadRequestException(
                    404,
                    query + ": there is no record at this offset: it was compacted away, or belongs to a transaction");
        }
        if (isCut(record) && most > USUAL_BYTES) {
            page.close();
            page = read(token, most);
            if (first(page) == null) {
                page.close();
                throw new BadRequestException(404, query + ": the record has gone meanwhile");
            }
        }
        figures.read(page);
        return page;
    }

    private ListedPage read(ListingToken token, long bytes) {
        PageLimits limits = new PageLimits(bytes, bytes, Long.MAX_VALUE, DEADLINE);
        return PageThread.read(() -> pages.read(token, RecordFilter.ALL, limits));
    }

    private static @Nullable RecordView first(ListedPage page) {
        return page.records().isEmpty() ? null : page.records().get(0);
    }

    private static boolean isCut(RecordView record) {
        ByteView key = record.key();
        ByteView value = record.value();
        return (key != null && key.fullLength() > key.length())
                || (value != null && value.fullLength() > value.length());
    }

    private static BadRequestException notThere(RecordQuery query, OffsetRange range) {
        return range.start() > query.offset()
                ? new BadRequestException(
                        410, query + ": the record is gone, the log starts at " + range.start() + " now")
                : new BadRequestException(404, query + ": the log ends at " + range.end());
    }
}
