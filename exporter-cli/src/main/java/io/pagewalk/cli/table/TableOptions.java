package io.pagewalk.cli.table;

import io.pagewalk.RunOptions;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.parse.Durations;
import io.pagewalk.error.UsageException;
import io.pagewalk.follow.CommitRule;
import io.pagewalk.follow.TableRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which table is to follow an export. */
@Command(optionListHeading = "Table")
public final class TableOptions {
    @Option(
            names = "--iceberg-table",
            paramLabel = "NAME",
            description =
                    "Let an Apache Iceberg table follow, such as sales.orders: each committed page is added to it, once. It is"
                            + " made if there is none. With --topics, {topic} in the name stands for each topic, its dots as"
                            + " underscores.")
    private @Nullable String table;

    @Mixin
    private final CatalogOptions catalog = new CatalogOptions();

    @Option(
            names = "--iceberg-commit",
            paramLabel = "WHEN",
            defaultValue = "every-page",
            converter = Rule.class,
            description =
                    "When the table gets what is committed: every-page, a duration such as 5m for at most once in that"
                            + " time, or end (default: ${DEFAULT-VALUE}). The end of a run always waits for it.")
    private CommitRule commit = CommitRule.EVERY_PAGE;

    @Option(
            names = "--iceberg-reapply",
            description = "Add again what the table has lost because somebody has rolled it back.")
    private boolean reapply;

    /** The words, or a duration. */
    static final class Rule implements ITypeConverter<CommitRule> {
        @Override
        public CommitRule convert(String text) {
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "every-page" -> CommitRule.EVERY_PAGE;
                case "end" -> CommitRule.AT_END;
                default -> CommitRule.every(Durations.parse(text));
            };
        }
    }

    /**
     * Adds the table to a run, if one was named.
     *
     * @throws UsageException if what was given does not fit together
     */
    public RunOptions.Builder addTo(RunOptions.Builder run, Console console) {
        return run.table(request(console));
    }

    /** The table that was named; null if none was. */
    @Nullable
    TableRequest request(Console console) {
        if (table == null) {
            if (catalog.areGiven() || reapply) {
                throw new UsageException(
                        "a catalog alone names no table: give --iceberg-table, such as --iceberg-table sales.orders");
            }
            return null;
        }
        TableRequest request = catalog.request(table, console).withRule(commit);
        return reapply ? request.reapplying() : request;
    }
}
