package io.pagewalk.plan;

/**
 * The dead letters that an export is made of: all that a complete export has set aside.
 *
 * @param exportId the name of that export
 * @param generation its generation
 * @param checksum that of the last entry of its log, which says complete
 * @param records how many records it has set aside
 */
public record DeadLettersOf(String exportId, int generation, String checksum, long records) {
    /** As messages show it. */
    @Override
    public String toString() {
        return "export " + exportId + " (generation " + generation + ", " + records + " records, log " + checksum + ")";
    }
}
