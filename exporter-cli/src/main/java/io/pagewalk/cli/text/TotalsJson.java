package io.pagewalk.cli.text;

import io.pagewalk.log.Totals;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is committed, for documents. */
final class TotalsJson {
    private TotalsJson() {}

    static Map<String, Object> of(Totals totals) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("pages", totals.pages());
        document.put("files", totals.files());
        document.put("records", totals.records());
        document.put("setAside", totals.setAside());
        document.put("bytes", totals.bytes());
        document.put("offsets", totals.offsets());
        document.put("gaps", totals.gaps());
        document.put("lost", totals.lost());
        document.put("saved", totals.saved());
        document.put("outside", totals.outside());
        document.put("elsewhere", totals.elsewhere());
        return document;
    }
}
