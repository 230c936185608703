package io.pagewalk.internal.http.query;

import io.pagewalk.http.record.PayloadChoices;
import io.pagewalk.http.record.Showing;
import io.pagewalk.payload.PayloadChoice;
import io.pagewalk.payload.SchemaChoice;
import io.pagewalk.schema.Decoding;
import io.pagewalk.schema.PayloadDecoder;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What reads payloads that have schemas, for each page anew. Where schemas are asked for is the server's; a request only says which payloads
 * it wants to be read. Safe for use by any number of threads.
 *
 * @param knowSchemas whether there is a schema registry
 * @param context which of its contexts ids are of
 * @param make makes one
 */
public record Decoders(boolean knowSchemas, String context, Function<Decoding, PayloadDecoder> make) {
    /** Where there is no registry. */
    public static final Decoders NONE = new Decoders(false, "", decoding -> PayloadDecoder.NONE);

    /**
     * What shows a page.
     *
     * @param patience how long the registry is waited for, if not longer than that is over already
     * @param maxBytes how much decoded payloads come to, at most
     */
    public Showing showing(PayloadChoices formats, Duration patience, long maxBytes) {
        return new Showing(formats, decoder(formats, patience, maxBytes));
    }

    PayloadDecoder decoder(PayloadChoices formats, Duration patience, long maxBytes) {
        Duration left = patience.isNegative() ? Duration.ZERO : patience;
        return make.apply(new Decoding(choice(formats.key()), choice(formats.value()), left, maxBytes));
    }

    /** Whether payloads may be read that are shown so. */
    boolean mayRead(PayloadChoice shown) {
        return choice(shown) != null;
    }

    private @Nullable SchemaChoice choice(PayloadChoice shown) {
        if (!knowSchemas || shown.format() != null) {
            return null;
        }
        String format = shown.ofSchemas() == null ? SchemaChoice.AUTO : shown.ofSchemas();
        return new SchemaChoice(format, SchemaChoice.ALL, List.of(), "", false, context, null);
    }
}
