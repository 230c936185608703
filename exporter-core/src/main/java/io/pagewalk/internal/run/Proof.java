package io.pagewalk.internal.run;

/** Whether it was tried that the places of some exports do not overwrite, so that it need not be tried for each. Safe for use by any number of threads. */
public final class Proof {
    private volatile boolean given;

    boolean isGiven() {
        return given;
    }

    void give() {
        given = true;
    }
}
