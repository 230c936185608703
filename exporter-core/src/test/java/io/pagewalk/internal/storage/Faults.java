package io.pagewalk.internal.storage;

import java.io.IOException;

/**
 * Lets a test fail, delay or observe the operations of a simulated disk or storage. Called on the thread that performs the
 * operation, outside any lock.
 */
public interface Faults {
    Faults NONE = new Faults() {};

    /** What throws here fails the operation before it took effect. */
    default void before(Operation operation, String name) throws IOException {}

    /** What throws here loses the reply of an operation that took effect. */
    default void after(Operation operation, String name) throws IOException {}

    /** Which operations a {@link SimulatedDisk} has, and which an {@link InMemoryStorage}. */
    enum Operation {
        CREATE,
        WRITE,
        FORCE,
        FORCE_DIRECTORY,
        LINK,
        CREATE_DIRECTORY,
        LOCK,
        OPEN,
        READ,
        LIST,
        DELETE,
        PUBLISH,
        PERSIST
    }
}
