package io.pagewalk.internal.export;

import io.pagewalk.error.NewerVersionException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.claim.Claims;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A claim as it stands in an output.
 *
 * @param claim of a damaged one, what is left of it: where it stands tells the generation, and the topic's name stands for the
 *     export's
 * @param deleted whether its export was deleted, and only the rest of that is left to do
 * @param damage why it cannot be read, or null
 */
public record StandingClaim(
        String topic,
        Claim claim,
        boolean deleted,
        @Nullable UsageException damage) {
    /** One for each topic that is claimed, in the order of their names. */
    static List<StandingClaim> read(Storage output) throws IOException {
        List<StandingClaim> standing = new ArrayList<>();
        for (Claims claims : Claims.all(output)) {
            Optional<StandingClaim> claim = read(claims);
            claim.ifPresent(standing::add);
        }
        return standing;
    }

    private static Optional<StandingClaim> read(Claims claims) throws IOException {
        boolean deleted = false;
        try {
            Optional<Claim> claim = claims.current();
            if (claim.isEmpty()) {
                deleted = true;
                claim = claims.halfDeleted();
            }
            boolean unfinished = deleted;
            return claim.map(read -> new StandingClaim(claims.topic(), read, unfinished, null));
        } catch (NewerVersionException e) {
            throw e;
        } catch (UsageException e) {
            Claim left = new Claim(claims.topic(), claims.newestClaimed().orElse(1), "");
            return Optional.of(new StandingClaim(claims.topic(), left, deleted, e));
        }
    }

    /** @throws UsageException if it cannot be read */
    Claim readable() {
        if (damage != null) {
            throw damage;
        }
        return claim;
    }
}
