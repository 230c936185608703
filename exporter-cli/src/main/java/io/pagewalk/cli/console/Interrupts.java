package io.pagewalk.cli.console;

import io.pagewalk.cli.failure.ExitCode;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Turns the signals that ask a process to end into a request: the first one lets the run stop after what must not be torn
 * apart, a second one ends the process at once, and so does the time that a run which hangs does not take to stop. A shutdown
 * hook could not tell the two from each other, nor choose the exit code.
 *
 * <p>Reflective, because {@code sun.misc.Signal} cannot be named without a warning that cannot be suppressed. Where it does
 * not exist the JVM's own behaviour stays, and whatever is under way is resumed by the next run as after a crash.
 */
public final class Interrupts {
    private static final int EXIT_BY_SIGNAL = 128;
    /** Signals so close to each other are one request: {@code timeout} signals a process, and then its whole group. */
    private static final long ONE_REQUEST_NANOS = 1_000_000_000;

    private Interrupts() {}

    /**
     * Calls {@code request} at the first signal, on a thread of the JVM's.
     *
     * @param late tells that the process ends though it has not stopped by itself in time
     */
    public static void install(Runnable request, Runnable late) {
        install(request, late, ProcessEnd.STOP_LIMIT);
    }

    public static void install(Runnable request, Runnable late, Duration limit) {
        AtomicLong requested = new AtomicLong();
        for (String signal : List.of("INT", "TERM", "HUP")) {
            install(signal, number -> {
                long now = System.nanoTime();
                if (requested.compareAndSet(0, now)) {
                    ProcessEnd.haltAfter(limit, ExitCode.STOPPED.code(), late);
                    request.run();
                } else if (now - requested.get() > ONE_REQUEST_NANOS) {
                    Runtime.getRuntime().halt(EXIT_BY_SIGNAL + number);
                }
            });
        }
    }

    private static void install(String name, SignalHandler handler) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            InvocationHandler invocation = (proxy, method, arguments) -> switch (method.getName()) {
                case "handle" -> {
                    handler.handle((int) signalType.getMethod("getNumber").invoke(arguments[0]));
                    yield null;
                }
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> name;
            };
            Object proxy =
                    Proxy.newProxyInstance(handlerType.getClassLoader(), new Class<?>[] {handlerType}, invocation);
            Object signal = signalType.getConstructor(String.class).newInstance(name);
            signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, proxy);
        } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException | InstantiationException e) {
            // No such class here: signals end the process.
        } catch (InvocationTargetException e) {
            // This platform or this JVM (-Xrs) keeps the signal to itself.
        }
    }

    @FunctionalInterface
    private interface SignalHandler {
        void handle(int number);
    }
}
