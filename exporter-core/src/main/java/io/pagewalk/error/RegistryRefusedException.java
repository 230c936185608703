package io.pagewalk.error;

/** The schema registry that was named does not let in, or is none: who named it has to say how it is reached. */
public final class RegistryRefusedException extends UsageException {
    private static final long serialVersionUID = 1L;

    /** @param refused what its client says */
    public RegistryRefusedException(UsageException refused) {
        super(refused.problem(), refused.advice(), refused);
    }
}
