package io.pagewalk.internal.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagewalk.error.Advice;
import io.pagewalk.error.NewerVersionException;
import io.pagewalk.error.UsageException;
import io.pagewalk.log.SeriesRun;
import io.pagewalk.log.Totals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is kept of runs that have expired: enough to tell that the next run continues them.
 *
 * @param exportId the export
 * @param run the last of them
 * @param last its last entry
 * @param totals what all of them have committed and lost
 * @param ends by partition, where they have ended
 */
public record ExpiryRecord(
        String exportId, int run, SeriesRun.After last, Totals totals, SortedMap<Integer, Long> ends) {
    /** Any change to what a record says raises it, so that older programs refuse it. */
    private static final int VERSION = 1;

    private static final JsonFactory JSON = new JsonFactory();

    public ExpiryRecord {
        ends = new TreeMap<>(ends);
    }

    /** As it is put on record. */
    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("pagewalk", VERSION);
            json.writeStringField("export", exportId);
            json.writeNumberField("run", run);
            json.writeNumberField("sequence", last.sequence());
            json.writeStringField("checksum", last.checksum());
            BodyWriter.writeTotals(json, "totals", totals);
            json.writeArrayFieldStart("ends");
            for (Map.Entry<Integer, Long> end : ends.entrySet()) {
                json.writeArray(new long[] {end.getKey(), end.getValue()}, 0, 2);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @param place the record as messages name it
     * @throws NewerVersionException if it is newer than this program
     * @throws UsageException if it is damaged
     */
    public static ExpiryRecord decode(byte[] record, String place) {
        try {
            JsonFields fields = new JsonFields(new ObjectMapper().readTree(record));
            long version = fields.number("pagewalk");
            if (version > VERSION) {
                throw NewerVersionException.of(place, "its version is " + version, Integer.toString(VERSION));
            }
            SortedMap<Integer, Long> ends = new TreeMap<>();
            for (long[] end : fields.numbers("ends", 2)) {
                ends.put(Math.toIntExact(end[0]), end[1]);
            }
            ExpiryRecord read = new ExpiryRecord(
                    fields.text("export"),
                    Math.toIntExact(fields.number("run")),
                    new SeriesRun.After(fields.number("sequence"), fields.text("checksum")),
                    BodyReader.totals(fields, "totals"),
                    ends);
            fields.requireNoOthers();
            return read;
        } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            throw new UsageException(place + " is damaged: " + e.getMessage(), Advice.RESTORE_THE_LOG, e);
        }
    }
}
