package io.pagewalk.payload;

import io.pagewalk.error.BadRecordException;
import io.pagewalk.error.BadRecordException.Part;
import io.pagewalk.internal.payload.JsonScanner;
import io.pagewalk.internal.payload.Utf8;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import org.jspecify.annotations.Nullable;

/**
 * What a key, a value or a header value is taken for. It says which payloads it accepts, and in which form files keep them; file
 * formats go by the form, and need not know the format. An export resolves it once, at the freeze, and pins its name.
 *
 * <p>Immutable, and safe for use by any number of threads. Two that are equal accept the same payloads in the same form.
 */
public interface PayloadFormat {
    /** Any bytes; nothing contradicts it. */
    PayloadFormat BYTES = new SimpleFormat("bytes", Form.BYTES, "", "", "", payload -> 0);

    /** UTF-8 text. */
    PayloadFormat STRING = new SimpleFormat(
            "string",
            Form.TEXT,
            "UTF-8 text",
            "not UTF-8",
            "bytes does",
            payload -> Utf8.isValid(payload.array(), payload.offset(), payload.end()) ? 0 : PayloadFormat.REFUSED);

    /** One JSON text (RFC 8259) in UTF-8, within the bounds of {@link JsonScanner}. */
    PayloadFormat JSON = new SimpleFormat(
            "json",
            Form.JSON,
            "JSON",
            "not JSON, or beyond the limits of its readers",
            "string and bytes do",
            payload -> JsonScanner.lineBreaks(payload.array(), payload.offset(), payload.end(), JsonScanner.MAX_DEPTH));

    /** What {@link #check} returns for a payload that is not of the format. */
    int REFUSED = JsonScanner.INVALID;

    /** How files keep payloads. Whoever decides by it does so in an exhaustive switch, which a new form breaks. */
    enum Form {
        /** As bytes. */
        BYTES,
        /** As text; the payload is UTF-8. */
        TEXT,
        /** As JSON; the payload is one JSON text that {@link JsonScanner} accepts. */
        JSON,
        /** As values in a column with parts; the format is a {@link TypedFormat}. */
        TYPED
    }

    /** The name that options and the log have for it: lower-case letters, digits and dashes. */
    String name();

    /** The form of the payloads that it accepts. */
    Form form();

    /** Itself if it is in the form {@link Form#TYPED}, else null. */
    @Nullable
    TypedFormat typed();

    /**
     * Looks at a payload. Encoders do so once with each, before they write anything of its record.
     *
     * @return {@link #REFUSED} if it is not of this format. Otherwise, in the form {@link Form#JSON}, how many bytes of it are
     *     line breaks, all of them between its tokens; 0 in every other form.
     */
    int check(ByteView payload);

    /** Whether a payload is of this format. */
    boolean accepts(ByteView payload);

    /**
     * The failure of a record that has a payload which this format refuses.
     *
     * @param part which part of the record that is
     */
    BadRecordException mismatch(RecordView record, Part part);
}
