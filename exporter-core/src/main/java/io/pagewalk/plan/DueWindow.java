package io.pagewalk.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A window that is still to come.
 *
 * @param name as people are told of it
 * @param window the window
 * @param due from when on it is exported, or null if an end that was asked for comes before
 */
public record DueWindow(
        String name, Window window, @Nullable Instant due) {}
