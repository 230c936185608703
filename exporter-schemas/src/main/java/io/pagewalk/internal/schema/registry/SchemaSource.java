package io.pagewalk.internal.schema.registry;

import io.pagewalk.internal.schema.frame.SchemaKey;

/**
 * Who knows what keys mean: a registry, or the schemas that an export has on record. Safe for use by any number of threads.
 */
public interface SchemaSource {
    /**
     * What a key means. Takes as long as asking may take, and asks once: whoever expects that an unknown key may become known asks again.
     *
     * @throws io.pagewalk.error.PagewalkException if that cannot be told now, or not with these settings. It says nothing about the key.
     */
    SchemaAnswer find(SchemaKey key);
}
