package io.pagewalk.follow;

/**
 * Which table follows an export, by the export's own record.
 *
 * @param format the table format
 * @param table its name
 * @param uuid which table of that name
 */
public record TableFollower(String format, String table, String uuid) {}
