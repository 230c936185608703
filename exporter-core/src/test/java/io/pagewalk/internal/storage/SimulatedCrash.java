package io.pagewalk.internal.storage;

/** The simulated process is dead. An error, so that no handler of failures takes it for one. */
public final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    public SimulatedCrash(String message) {
        super(message, null, false, false);
    }
}
