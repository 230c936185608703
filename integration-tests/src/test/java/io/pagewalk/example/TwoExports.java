package io.pagewalk.example;

import io.pagewalk.Export;
import io.pagewalk.ExportListener;
import io.pagewalk.ExportPlace;
import io.pagewalk.ExportResult;
import io.pagewalk.FileSettings;
import io.pagewalk.Pagewalk;
import io.pagewalk.RunOptions;
import io.pagewalk.VerifyOptions;
import io.pagewalk.log.Totals;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.Size;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Exports a topic to several places at once: begins, stops, goes on, audits, and lists what is there. */
public final class TwoExports implements AutoCloseable {
    private final Pagewalk pagewalk;
    private final ExportSpec spec;

    public TwoExports(String bootstrapServers, Map<String, String> hadoop, String topic) {
        pagewalk = Pagewalk.connect(bootstrapServers).hadoop(hadoop).open();
        spec = ExportSpec.builder(topic, FileSettings.parquet().pin())
                .pageSize(Size.records(100))
                .build();
    }

    public List<String> exportTo(List<String> outputs) {
        List<CompletableFuture<String>> exports = outputs.stream()
                .map(output -> CompletableFuture.supplyAsync(() -> export(ExportPlace.of(output))))
                .toList();
        return exports.stream().map(CompletableFuture::join).toList();
    }

    @Override
    public void close() {
        pagewalk.close();
    }

    private String export(ExportPlace place) {
        Export export = pagewalk.export(spec, place);
        ExportListener stopsAfterTwoPages = new ExportListener() {
            @Override
            public void committed(Totals totals) {
                if (totals.pages() == 2) {
                    export.stop();
                }
            }
        };
        ExportResult first =
                export.run(RunOptions.builder().listener(stopsAfterTwoPages).build());
        ExportResult second = pagewalk.export(spec, place).run(RunOptions.defaults());
        boolean asRecorded = pagewalk.stored(place)
                .verify(VerifyOptions.quick(finding -> {}))
                .isAsRecorded();
        List<String> topics = pagewalk.exports(place.output()).stream()
                .map(stored -> stored.status().topic())
                .toList();
        return first.outcome() + ", then " + second.outcome() + " with "
                + second.figures().totals().records() + " records, as recorded: " + asRecorded + ", topics: " + topics;
    }
}
