package io.pagewalk.internal.follow;

import io.pagewalk.Removal;
import io.pagewalk.error.Advice;
import io.pagewalk.error.UsageException;
import io.pagewalk.follow.StoredTable;
import io.pagewalk.follow.TableFollower;
import io.pagewalk.follow.TableRequest;
import io.pagewalk.internal.claim.DeletionFence;
import io.pagewalk.internal.claim.FollowRecords;
import io.pagewalk.internal.export.Access;
import io.pagewalk.internal.export.Catalogue;
import io.pagewalk.internal.export.Connection;
import io.pagewalk.internal.export.ExportPlaces;
import io.pagewalk.internal.export.FoundExport;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.location.Location;
import io.pagewalk.log.Expiry;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Where an export is of which it is asked what follows it. Each question looks anew. */
public final class FollowedPlace {
    private final Connection connection;
    private final DirectoryLocation output;
    private final @Nullable Location log;
    private final @Nullable String exportId;

    /**
     * @param log where its log is, or null for where its claim says
     * @param exportId its name, or null for the only one
     */
    public FollowedPlace(
            Connection connection, DirectoryLocation output, @Nullable Location log, @Nullable String exportId) {
        this.connection = connection;
        this.output = output;
        this.log = log;
        this.exportId = exportId;
    }

    private FoundExport find(Access access) {
        return new Catalogue(access, output).find(log, exportId);
    }

    /** The table that follows by the record; empty if none does, or the export is being deleted. */
    public Optional<TableFollower> follower() {
        Access access = connection.access(new StopSignal());
        return connection.ask(access, () -> {
            FoundExport found =
                    new Catalogue(access, output).findIfAny(log, exportId).orElse(null);
            if (found == null) {
                return Optional.empty();
            }
            try (ExportPlaces places = ExportPlaces.openToTell(access, output, found, connection.newOrigin())) {
                String topic = new Catalogue(access, output)
                        .claimedTopic(places.claim(), places.stores())
                        .orElse(null);
                return topic == null ? Optional.empty() : follower(places.output(), found.log(), topic);
            }
        });
    }

    /** A deletion that was interrupted has seen to the table before it began. */
    private static Optional<TableFollower> follower(Storage output, LogName log, String topic) throws IOException {
        if (new DeletionFence(output, topic, log).isDown()) {
            return Optional.empty();
        }
        return new FollowRecords(output, log, topic)
                .current()
                .map(known -> new TableFollower(known.format(), known.table(), known.uuid()));
    }

    /**
     * Lets go on who does not look after a table.
     *
     * @throws UsageException if one follows
     */
    public void requireNone() {
        follower().ifPresent(table -> {
            throw refused(table, output.toString());
        });
    }

    /** Likewise, of an export that was found already. */
    public static void requireNone(Storage output, LogName log, String topic) throws IOException {
        TableFollower table = follower(output, log, topic).orElse(null);
        if (table != null) {
            throw refused(table, output.location());
        }
    }

    private static UsageException refused(TableFollower table, String output) {
        return new UsageException(
                "table " + table.table() + " (" + table.format() + ") follows the export in " + output
                        + ", and has to be told first",
                Advice.NAME_THE_TABLE);
    }

    /**
     * The export and a table.
     *
     * @param expiring removes runs, whatever follows
     * @param removing removes the export, whatever follows
     */
    public StoredTable by(TableRequest request, Consumer<Expiry> expiring, ToIntFunction<Removal> removing) {
        return new FollowedExport(
                connection,
                output,
                access -> ExportPlaces.openToTell(access, output, find(access), connection.newOrigin()),
                request,
                expiring,
                removing);
    }
}
