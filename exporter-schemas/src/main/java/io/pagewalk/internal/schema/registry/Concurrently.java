package io.pagewalk.internal.schema.registry;

import io.pagewalk.error.StoppedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Many small questions, some at a time. */
final class Concurrently {
    private static final int AT_A_TIME = 8;

    private Concurrently() {}

    /** The answers in the order of the questions. The first question that fails ends all of them. */
    static <Q, A extends @Nullable Object> List<A> map(List<Q> questions, Function<Q, A> ask) {
        if (questions.size() < 2) {
            return new ArrayList<>(questions.stream().map(ask).toList());
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_A_TIME, questions.size()), task -> {
            Thread thread = new Thread(task, "pagewalk-registry");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<A>> asked = new ArrayList<>();
            for (Q question : questions) {
                asked.add(threads.submit(() -> ask.apply(question)));
            }
            List<A> answers = new ArrayList<>();
            for (Future<A> each : asked) {
                answers.add(each.get());
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("schema registry: interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
