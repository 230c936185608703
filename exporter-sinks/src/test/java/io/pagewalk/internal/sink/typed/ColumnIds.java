package io.pagewalk.internal.sink.typed;

import io.pagewalk.internal.sink.FileFormats;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.RecordColumns;
import io.pagewalk.row.Member;
import io.pagewalk.row.ScalarKind;
import io.pagewalk.spi.FileFormat;
import io.pagewalk.table.RowShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Ids as a table may have them, in no order. */
final class ColumnIds {
    private static final Map<String, String> PLAIN = FileFormats.pin("parquet", null, null);

    private ColumnIds() {}

    /** All that has an id. */
    static List<Member> nodes(PayloadFormats payloads) {
        return new RowShape(columns(payloads), false).nodes();
    }

    static List<Member> columns(PayloadFormats payloads) {
        return RecordColumns.of(payloads, ScalarKind.TIMESTAMP_MICROS);
    }

    static List<Integer> shuffled(PayloadFormats payloads, long seed) {
        List<Integer> ids = new ArrayList<>();
        for (int id = 1; id <= nodes(payloads).size(); id++) {
            ids.add(id);
        }
        Collections.shuffle(ids, new Random(seed));
        return ids;
    }

    /** Parquet with ids. */
    static FileFormat format(PayloadFormats payloads, List<Integer> ids) {
        return FileFormats.create(FileFormats.withColumnIds(PLAIN, ids), payloads);
    }

    /** Parquet without. */
    static FileFormat plain(PayloadFormats payloads) {
        return FileFormats.create(PLAIN, payloads);
    }
}
