package io.pagewalk.internal.export;

import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.claim.Claims;
import io.pagewalk.internal.storage.ReadOnlyStorage;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists the exports that have claimed an output. */
public final class Catalogue {
    private Catalogue() {}

    /** Without those that are being deleted; in the order of their topics' names. */
    public static List<ExportFinder.Found> of(Access access, DirectoryLocation output) throws IOException {
        List<ExportFinder.Found> exports = new ArrayList<>();
        try (Storage storage = access.storage(output, "status")) {
            for (Claims claims : Claims.all(new ReadOnlyStorage(storage))) {
                Optional<Claim> current = claims.current();
                if (current.isPresent()) {
                    exports.add(new ExportFinder.Found(
                            current.get().log(), ExportFinder.checkpointsOf(current.get(), output)));
                }
            }
        }
        return exports;
    }
}
