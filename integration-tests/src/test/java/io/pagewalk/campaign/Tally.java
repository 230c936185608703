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

    /** Topics with a name that is not plain. */
    int oddNames;

    /** Records with dates of their own. */
    long strays;
    /** Records in dead letters. */
    long setAside;
    /** Exports with a bound by time. */
    int bounded;
    /** Places of the log that were compared with where the time is crossed. */
    int crossings;
    /** Exports that were deleted while a run of them was alive, or might have been. */
    int deletions;
    /** Runs that found themselves deleted. */
    int deletedRuns;
    /** Files that such runs left, and that were found. */
    int leftOver;

    /** Exports that went on as a series. */
    int series;
    /** Expiries of their oldest runs. */
    int expiries;
    /** Series whose files were compared with those of one backfill. */
    int backfills;

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
        oddNames += other.oddNames;
        strays += other.strays;
        setAside += other.setAside;
        bounded += other.bounded;
        crossings += other.crossings;
        deletions += other.deletions;
        deletedRuns += other.deletedRuns;
        leftOver += other.leftOver;
        series += other.series;
        expiries += other.expiries;
        backfills += other.backfills;
        files += other.files;
        records += other.records;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d attempts, %d kills, %d stops, %d pauses, %d broker restarts, %d broker pauses, %d rivals, %d fenced, %d with"
                        + " losses (%,d offsets), %d odd names, %,d strays, %,d set aside, %d bounded (%d crossings checked), %d deletions (%d runs"
                        + " told, %d files left over), %d series (%d expiries, %d backfills), %,d files, %,d records",
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
                oddNames,
                strays,
                setAside,
                bounded,
                crossings,
                deletions,
                deletedRuns,
                leftOver,
                series,
                expiries,
                backfills,
                files,
                records);
    }
}
