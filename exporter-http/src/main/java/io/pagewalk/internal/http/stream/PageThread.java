package io.pagewalk.internal.http.stream;

import io.pagewalk.error.StoppedException;
import io.pagewalk.listing.ListedPage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page on a thread that ends with it. A thread keeps memory beside the heap for as much as the largest answer that it has got from a
 * broker, until it ends; with a record of 60 MB, all threads that answer requests would come to keep that each.
 */
public final class PageThread {
    private PageThread() {}

    /** What is read, or what reading has thrown. */
    public static ListedPage read(Supplier<ListedPage> reading) {
        FutureTask<ListedPage> task = new FutureTask<>(reading::get);
        Thread thread = new Thread(task, "pagewalk-page");
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    // It ends soon, and gives back what it has.
                    interrupted = true;
                    thread.interrupt();
                }
            }
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException thrown(@Nullable Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException known ? known : new StoppedException("interrupted", failure);
    }
}
