package io.pagewalk.http.record;

import io.pagewalk.error.FormatMismatchException;
import io.pagewalk.record.RecordView;
import io.pagewalk.schema.PayloadDecoder;

/**
 * Looks at the records of a page before anything of them is written, so that what fails is told instead. Confined to one thread.
 *
 * @param formats what payloads are shown as
 * @param decoder reads those that have schemas
 */
public record Showing(PayloadChoices formats, PayloadDecoder decoder) {
    /**
     * Looks at a record. What a schema does not fit is shown as bytes, with the reason.
     *
     * @throws FormatMismatchException if a payload is not what it shall be shown as
     * @throws io.pagewalk.error.PagewalkException if a schema registry cannot be asked
     */
    public ShownRecord show(RecordView record) {
        formats.check(record);
        return new ShownRecord(record, decoder.key(record), decoder.value(record));
    }
}
