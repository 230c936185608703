package io.pagewalk.benchmark.macro.contender;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagewalk.benchmark.macro.measure.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** An export that a table of Iceberg follows, in a catalog on the local disk: its cost is the process's own. */
final class TableExport implements Contender {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final S3Export.Movable export;
    private final String when;

    TableExport(S3Export.Movable export, String when) {
        this.export = export;
        this.when = when;
    }

    @Override
    public String does() {
        return "As without the table; besides, `--iceberg-table` in a Hadoop catalog on the same disk, `--iceberg-commit "
                + when + "`. The output counts the table's metadata, too.";
    }

    @Override
    public Job job(Copy copy) throws IOException {
        Path catalog = Files.writeString(
                copy.directory().resolve("catalog.properties"),
                "type=hadoop\nwarehouse=" + warehouse(copy).toUri() + "\n",
                UTF_8);
        return export.job(
                copy,
                copy.output().resolve("files").toString(),
                List.of(
                        "--iceberg-table",
                        "lake.orders",
                        "--iceberg-catalog-config",
                        catalog.toString(),
                        "--iceberg-commit",
                        when));
    }

    /** The table's own count, too: what its last snapshot says that it holds. */
    @Override
    public void check(Copy copy) throws IOException {
        copy.expect(Counts.parquetBelow(copy.output()));
        copy.expect(snapshots(copy)
                .path(snapshots(copy).size() - 1)
                .path("summary")
                .path("total-records")
                .asLong());
    }

    @Override
    public String remark(Copy copy) throws IOException {
        return String.format(
                Locale.ROOT,
                "%,d snapshots, the last `metadata.json` has %,d KiB.",
                snapshots(copy).size(),
                Files.size(metadata(copy)) / 1024);
    }

    private static JsonNode snapshots(Copy copy) throws IOException {
        return JSON.readTree(metadata(copy).toFile()).path("snapshots");
    }

    /** The current one, as the catalog's own hint says. */
    private static Path metadata(Copy copy) throws IOException {
        Path directory = warehouse(copy).resolve("lake/orders/metadata");
        String version =
                Files.readString(directory.resolve("version-hint.text"), UTF_8).strip();
        return directory.resolve("v" + version + ".metadata.json");
    }

    private static Path warehouse(Copy copy) {
        return copy.output().resolve("warehouse");
    }
}
