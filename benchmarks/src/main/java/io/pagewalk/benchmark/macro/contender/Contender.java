package io.pagewalk.benchmark.macro.contender;

import io.pagewalk.benchmark.macro.measure.Failed;
import io.pagewalk.benchmark.macro.measure.Job;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A program that copies a whole topic. */
public interface Contender {
    /** What it does and what it does not do, so that no one compares unlike things unknowingly. */
    String does();

    /** Why it cannot run here, or null if it can. */
    default @Nullable String missing() {
        return null;
    }

    /** Fetches what it needs; called once, before anything is measured. */
    default void prepare() throws IOException, InterruptedException {}

    /** Whether it copies to a server that is slow at first; then it runs once before it is measured. */
    default boolean warmsUp() {
        return false;
    }

    /** A process that runs right before, and is not measured; null if there is none. */
    default @Nullable Job before(Copy copy) {
        return null;
    }

    /** The process that makes a copy; may write configuration files into the copy's directory. */
    Job job(Copy copy) throws IOException;

    /**
     * Makes sure that the copy is complete.
     *
     * @throws Failed if it is not
     */
    void check(Copy copy) throws IOException;

    /** What else a complete copy tells, a sentence for the report; empty if nothing. */
    default String remark(Copy copy) throws IOException {
        return "";
    }
}
