package io.pagewalk.http.record;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;

/** Lays out a document so that each record of the array that stands directly in it has a line. */
public final class RecordPerLine extends MinimalPrettyPrinter {
    private static final long serialVersionUID = 1L;

    @Override
    public void beforeArrayValues(JsonGenerator json) throws IOException {
        if (isInRecords(json)) {
            json.writeRaw('\n');
        }
    }

    @Override
    public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
        json.writeRaw(isInRecords(json) ? ",\n" : ",");
    }

    @Override
    public void writeEndArray(JsonGenerator json, int records) throws IOException {
        json.writeRaw(records > 0 && isInRecords(json) ? "\n]" : "]");
    }

    private static boolean isInRecords(JsonGenerator json) {
        return json.getOutputContext().getParent().getParent().inRoot();
    }
}
