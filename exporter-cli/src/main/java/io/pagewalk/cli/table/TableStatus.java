package io.pagewalk.cli.table;

import io.pagewalk.ExportStatus;
import io.pagewalk.StoredExport;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.document.TablePart;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.failure.Failure;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.follow.TableFollower;
import io.pagewalk.follow.TableLevel;
import org.jspecify.annotations.Nullable;

/**
 * The table that follows an export, as {@code status} tells of it.
 *
 * @param text in a line
 * @param part for programs
 * @param isLevel whether it is known to have all that is committed
 * @param problem what the command ends with where somebody has to decide about the table; else null
 */
public record TableStatus(
        String text,
        TablePart part,
        boolean isLevel,
        @Nullable ExitCode problem) {
    /** Null if no table follows. A catalog that cannot be asked is told of; what is known of the export is told all the same. */
    public static @Nullable TableStatus of(
            StoredExport export, ExportStatus status, CatalogOptions catalog, Console console) {
        if (status.state() == null) {
            return null;
        }
        TableFollower follower = export.follower().orElse(null);
        if (follower == null) {
            return null;
        }
        String name = "table " + follower.table() + " (" + follower.format() + ")";
        if (!catalog.areGiven()) {
            return new TableStatus(
                    name + " follows; whether it is level was not looked at, --iceberg-catalog-config does",
                    TablePart.unseen(follower),
                    false,
                    null);
        }
        try {
            TableLevel level =
                    export.table(catalog.request(follower.table(), console)).level();
            return new TableStatus(
                    TableTexts.line(level),
                    new TablePart(level.format(), level.table(), level.pages(), level.pagesBehind()),
                    level.isLevel(),
                    null);
        } catch (PagewalkException e) {
            Failure failure = Failure.of(e);
            console.warn(failure.message());
            return new TableStatus(name + " cannot be told of", TablePart.unseen(follower), false, failure.code());
        }
    }

    /** Null if no table follows. */
    public static @Nullable TablePart partOf(@Nullable TableStatus status) {
        return status == null ? null : status.part;
    }
}
