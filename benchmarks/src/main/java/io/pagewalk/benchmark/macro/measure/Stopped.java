package io.pagewalk.benchmark.macro.measure;

/** The benchmark is being stopped: nothing that fails now is anyone's fault. */
public final class Stopped extends RuntimeException {
    Stopped() {
        super("stopped");
    }
}
