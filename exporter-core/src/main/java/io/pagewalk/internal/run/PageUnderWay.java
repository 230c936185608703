package io.pagewalk.internal.run;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.model.Page;
import io.pagewalk.spi.DataFile;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** A page whose files are not all there yet. */
record PageUnderWay(Page page, Future<List<DataFile>> files) {
    List<DataFile> await() {
        try {
            return files.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("interrupted on page " + page.number() + "; run again to resume", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof RuntimeException failure) {
                throw failure;
            }
            if (cause instanceof Error failure) {
                throw failure;
            }
            throw new ExportFailedException("page " + page.number() + " failed: " + cause + "; run again to resume", e);
        }
    }
}
