package io.pagewalk.internal.schema.registry;

/**
 * Where a schema is registered.
 *
 * @param subject as the registry's context has it
 * @param version counted from 1
 */
public record SubjectVersion(String subject, int version) implements Comparable<SubjectVersion> {
    @Override
    public int compareTo(SubjectVersion other) {
        int order = subject.compareTo(other.subject);
        return order == 0 ? Integer.compare(version, other.version) : order;
    }

    /** {@code orders-value version 3} */
    @Override
    public String toString() {
        return subject + " version " + version;
    }
}
