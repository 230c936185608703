package io.pagewalk.cli.table;

import io.pagewalk.Pagewalk;
import io.pagewalk.StoredExport;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.option.CommonOptions;
import io.pagewalk.cli.option.StoredExportOptions;
import io.pagewalk.error.UsageException;
import io.pagewalk.follow.StoredTable;
import io.pagewalk.follow.TableFollower;
import io.pagewalk.follow.TableLevel;
import io.pagewalk.follow.TableRequest;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks after the Iceberg table that follows an export. */
@Command(
        name = "iceberg",
        synopsisHeading = "Usage: ",
        customSynopsis =
                "pagewalk iceberg (sync | accept | detach) --output=URI --iceberg-catalog-config=FILE [OPTION]...",
        descriptionHeading = "%n",
        footerHeading = "%nExamples:%n",
        description = {
            "sync brings the table level with what the export has committed: after a run that could not, after a rollback, or to let"
                    + " a table follow an export that began without one. It needs no broker, unless the log is in a topic.",
            "",
            "accept takes the table's word for how much of the export it has, where neither its snapshots nor its files tell any more,"
                    + " and exports stop at that: first see that it has the rows.",
            "",
            "detach ends that the table follows, on record: the table keeps its rows, whose files stay where they are. Then"
                    + " another table can follow."
        },
        footer = {
            "  pagewalk iceberg sync --output /data/orders --iceberg-table sales.orders --iceberg-catalog-config lake.properties",
            "  pagewalk iceberg detach --output /data/orders --iceberg-catalog-config lake.properties"
        })
public final class IcebergCommand implements Callable<Integer> {
    /** What is done. */
    enum Action {
        SYNC,
        ACCEPT,
        DETACH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Console console;

    @Parameters(paramLabel = "ACTION", description = "sync, accept or detach.")
    private Action action = Action.SYNC;

    @Option(
            names = "--iceberg-table",
            paramLabel = "NAME",
            description = "The table; where one follows already, it need not be named.")
    private @Nullable String table;

    @Option(
            names = "--iceberg-reapply",
            description = "Add again what the table has lost because somebody has rolled it back.")
    private boolean reapply;

    @Mixin
    private final CatalogOptions catalog = new CatalogOptions();

    @Mixin
    private final StoredExportOptions stored = new StoredExportOptions();

    @Mixin
    final CommonOptions common = new CommonOptions();

    public IcebergCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (Pagewalk pagewalk = stored.open(console)) {
            StoredExport export = stored.in(pagewalk);
            TableRequest request = catalog.request(name(export), console);
            StoredTable following = export.table(reapply ? request.reapplying() : request);
            console.out().println(act(following, request.table()));
        }
        return ExitCode.COMPLETE.code();
    }

    private String name(StoredExport export) {
        if (table != null) {
            return table;
        }
        return export.follower()
                .map(TableFollower::table)
                .orElseThrow(() -> new UsageException("no table follows the export in "
                        + export.place().output() + "; name one with --iceberg-table"));
    }

    private String act(StoredTable following, String name) {
        switch (action) {
            case SYNC -> {
                TableLevel level = following.sync();
                return TableTexts.line(level);
            }
            case ACCEPT -> {
                return TableTexts.line(following.accept());
            }
            case DETACH -> {
                following.detach();
                return "table " + name
                        + " follows no more; it keeps its rows, and their files are in the export's output";
            }
        }
        throw new AssertionError(action);
    }
}
