package io.pagewalk.follow;

/**
 * How far a table has come with the export that it follows.
 *
 * @param format the table format
 * @param table the table's name
 * @param pages how many committed pages it has, of all runs
 * @param pagesBehind how many committed pages it has not yet
 */
public record TableLevel(String format, String table, long pages, long pagesBehind) {
    /** Whether readers of the table see all that is committed. */
    public boolean isLevel() {
        return pagesBehind == 0;
    }
}
