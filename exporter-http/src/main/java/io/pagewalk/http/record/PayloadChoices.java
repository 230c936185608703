package io.pagewalk.http.record;

import io.pagewalk.error.FormatMismatchException;
import io.pagewalk.error.UsageException;
import io.pagewalk.payload.PayloadChoice;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import io.pagewalk.schema.DecodedPayload;
import io.pagewalk.schema.PayloadSchema;
import org.jspecify.annotations.Nullable;

/**
 * What keys, values and header values are shown as.
 *
 * @param key of keys
 * @param value of values
 * @param header of values of headers
 */
public record PayloadChoices(PayloadChoice key, PayloadChoice value, PayloadChoice header) {
    /** Each payload as what it looks like. */
    public static final PayloadChoices AUTO =
            new PayloadChoices(PayloadChoice.AUTO, PayloadChoice.AUTO, PayloadChoice.AUTO);

    /**
     * Keeps them.
     *
     * @throws UsageException if headers shall have schemas
     */
    public PayloadChoices {
        if (header.ofSchemas() != null) {
            throw new UsageException("headers are not " + header + ": they have no schemas");
        }
    }

    /**
     * Looks at a record before it is shown.
     *
     * @throws FormatMismatchException if a payload of it is not what it shall be shown as
     */
    public void check(RecordView record) {
        check("key", record.key(), key, record);
        check("value", record.value(), value, record);
        for (int i = 0; i < record.headerCount(); i++) {
            check("value", record.header(i).value(), header, record);
        }
    }

    private static void check(String name, @Nullable ByteView payload, PayloadChoice choice, RecordView record) {
        PayloadFormat format = choice.format();
        if (payload != null && format != null && !isCut(payload) && !format.accepts(payload)) {
            throw new FormatMismatchException(record + ": its " + name + " or that of a header is not " + format
                    + "; let the formats of keys, values and headers be auto");
        }
    }

    /** Whether only the first bytes of it are there. */
    static boolean isCut(ByteView payload) {
        return payload.fullLength() > payload.length();
    }

    /** What a payload is shown as that was read by its schema, or could not be. */
    static Shown shown(ByteView payload, DecodedPayload decoded) {
        ByteView json = decoded.json();
        PayloadSchema schema = decoded.schema();
        return json == null || schema == null
                ? new Shown(payload, PayloadFormat.BYTES.form(), PayloadFormat.BYTES.name())
                : new Shown(json, PayloadFormat.Form.JSON, String.valueOf(schema.type()));
    }

    /** What a payload is shown as; of one of which only the first bytes are there nothing is known but whether these are text. */
    static Shown shown(ByteView payload, PayloadChoice choice) {
        if (!isCut(payload)) {
            PayloadFormat format = choice.of(payload);
            return new Shown(payload, format.form(), format.name());
        }
        PayloadFormat asked = choice.format();
        boolean mayBeText = asked == null
                ? choice.ofSchemas() == null
                : switch (asked.form()) {
                    case BYTES, TYPED -> false;
                    case TEXT, JSON -> true;
                };
        // A character may have been cut in two.
        for (int less = 0; mayBeText && less < 4 && less < payload.length(); less++) {
            ByteView text = ByteView.of(payload.array(), payload.offset(), payload.length() - less);
            if (isText(text)) {
                return new Shown(text, PayloadFormat.STRING.form(), PayloadFormat.STRING.name());
            }
        }
        return new Shown(payload, PayloadFormat.BYTES.form(), PayloadFormat.BYTES.name());
    }

    private static boolean isText(ByteView payload) {
        return switch (PayloadChoice.AUTO.of(payload).form()) {
            case BYTES, TYPED -> false;
            case TEXT, JSON -> true;
        };
    }

    /**
     * A payload as it is shown.
     *
     * @param bytes what of it
     * @param form in which form; typed payloads are JSON, or bytes
     * @param format the name of its format
     */
    record Shown(ByteView bytes, PayloadFormat.Form form, String format) {}
}
