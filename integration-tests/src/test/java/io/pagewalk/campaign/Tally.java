package io.pagewalk.campaign;

import java.util.Locale;

/** What happened in a campaign, or in one run of it. */
final class Tally {
    int attempts;
    /** SIGKILLs that came before the end. */
    long kills;
    /** Runners that SIGTERM or their most pages stopped. */
    long stops;

    int pauses;
    int restarts;
    int brokerPauses;
    /** Runners beyond the first of an attempt. */
    int rivals;

    long fenced;
    /** Exports that are complete but for losses on record. */
    int losing;

    long lost;

    long files;
    long records;

    void add(Tally other) {
        attempts += other.attempts;
        kills += other.kills;
        stops += other.stops;
        pauses += other.pauses;
        restarts += other.restarts;
        brokerPauses += other.brokerPauses;
        rivals += other.rivals;
        fenced += other.fenced;
        losing += other.losing;
        lost += other.lost;
        files += other.files;
        records += other.records;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d attempts, %d kills, %d stops, %d pauses, %d broker restarts, %d broker pauses, %d rivals, %d fenced, %d with"
                        + " losses (%,d offsets), %,d files, %,d records",
                attempts,
                kills,
                stops,
                pauses,
                restarts,
                brokerPauses,
                rivals,
                fenced,
                losing,
                lost,
                files,
                records);
    }
}
