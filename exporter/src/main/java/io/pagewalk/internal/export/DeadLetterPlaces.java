package io.pagewalk.internal.export;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.claim.Claims;
import io.pagewalk.internal.deadletter.DeadLetterSource;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.internal.run.RecordSource;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.log.Origin;
import io.pagewalk.spi.Storage;
import java.io.IOException;

/** Opens what an export has set aside, to read from. */
public final class DeadLetterPlaces {
    private DeadLetterPlaces() {}

    /**
     * Opens the dead letters of the topic's export in an output.
     *
     * @throws UsageException if there is no such export, or it is not complete
     * @throws ExportFailedException if it cannot be read
     */
    public static RecordSource open(Access access, DirectoryLocation output, String topic, Origin origin, Waits waits) {
        Claim claim = claim(access, output, topic, waits);
        ExportPlaces places = ExportPlaces.openReadOnly(access, output, FoundExport.of(claim, output), origin);
        try {
            return new DeadLetterSource(
                    waits.watched(places.output()), waits.watched(places.stores()), claim, topic, places);
        } catch (RuntimeException e) {
            try {
                places.close();
            } catch (IOException more) {
                e.addSuppressed(more);
            }
            throw e;
        }
    }

    private static Claim claim(Access access, DirectoryLocation output, String topic, Waits waits) {
        try (Storage storage = waits.watched(access.storage(output, "status"))) {
            Claims claims = Claims.of(storage, topic);
            claims.requireNoneHalfDeleted();
            return claims.current()
                    .orElseThrow(() -> new UsageException("the dead letters of " + output
                            + ": there is no export of topic " + topic + ", name the output of the one that has set"
                            + " records aside"));
        } catch (IOException e) {
            throw Catalogue.cannotLook(output, e);
        }
    }
}
