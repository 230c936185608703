package io.pagewalk.it.remote;

import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Predicate;

/** A command whose way to its store is its own, so that some of its requests can be held back there: it stands still, alive. */
final class HeldCommand implements AutoCloseable {
    private final FaultProxy proxy;
    private final CliProcess process;
    private Cli.Result result;

    private HeldCommand(FaultProxy proxy, CliProcess process) {
        this.proxy = proxy;
        this.process = process;
    }

    interface Arguments {
        /**
         * The arguments of the command.
         *
         * @param port at which it reaches its store
         */
        String[] through(int port);
    }

    /**
     * Starts it.
     *
     * @param port of the store
     * @param held as {@link FaultProxy#hold} has it
     */
    static HeldCommand start(int port, Predicate<String> held, Arguments arguments) throws IOException {
        FaultProxy proxy = new FaultProxy(port);
        proxy.hold(held);
        return new HeldCommand(proxy, CliProcess.start(arguments.through(proxy.port())));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Returns once it stands still; fails if it ended before. */
    HeldCommand awaitHeld() {
        if (!isHeld()) {
            throw new AssertionError("it was never held back, and said: " + err());
        }
        return this;
    }

    /** Waits until it stands still or ends. Whether it stands still. */
    boolean isHeld() {
        Eventually.isTrue("it stands still", () -> proxy.held() > 0 || !process.isAlive());
        return process.isAlive();
    }

    /** Lets what is held back pass, and waits until the next is held back, or the end. */
    void passOne() {
        proxy.releaseHeld();
        isHeld();
    }

    void passAll() {
        proxy.releaseAll();
    }

    void signal(String name) throws IOException, InterruptedException {
        process.signal(name);
    }

    void kill() throws InterruptedException {
        process.kill();
    }

    /** Waits for its end. */
    Cli.Result end() throws IOException, InterruptedException {
        if (result == null) {
            result = process.await();
        }
        return result;
    }

    private String err() {
        try {
            return process.err();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        process.close();
        proxy.close();
    }
}
