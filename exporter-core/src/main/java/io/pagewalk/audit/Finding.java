package io.pagewalk.audit;

/**
 * Something that is not as an export's log says, or as a log has to be.
 *
 * @param subject what it is about: a checkpoint, a file, or a partition's offsets
 * @param problem what is wrong with it, in one line
 */
public record Finding(String subject, String problem) {
    /** Subject and problem, as messages show them. */
    @Override
    public String toString() {
        return subject + ": " + problem;
    }
}
