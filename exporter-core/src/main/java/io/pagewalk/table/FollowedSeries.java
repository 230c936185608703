package io.pagewalk.table;

import io.pagewalk.location.DirectoryLocation;

/**
 * Which table follows which series, once that is on record.
 *
 * @param table the table's name
 * @param uuid that of the table
 * @param series the series' own name, the same for all runs: the checksum of the first entry of run 1, letters, digits and a colon
 * @param exportId the export's id
 * @param topic the export's topic
 * @param output where its data files are
 * @param dated as {@link RowShape#dated}
 */
public record FollowedSeries(
        String table,
        String uuid,
        String series,
        String exportId,
        String topic,
        DirectoryLocation output,
        boolean dated) {}
