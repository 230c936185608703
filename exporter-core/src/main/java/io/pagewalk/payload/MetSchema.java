package io.pagewalk.payload;

import org.jspecify.annotations.Nullable;

/**
 * What an id stands for that was met in a payload and was not pinned before.
 *
 * @param column {@code key} or {@code value}
 * @param id as frames have it
 * @param subject what it is registered under; empty if that is not known
 * @param digest that of the schema's file; null if nobody knew the id
 */
public record MetSchema(
        String column, String id, String subject, @Nullable String digest) {}
