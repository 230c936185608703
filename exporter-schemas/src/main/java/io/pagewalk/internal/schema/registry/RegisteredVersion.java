package io.pagewalk.internal.schema.registry;

import io.pagewalk.internal.schema.frame.SchemaKey;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One version of a subject.
 *
 * @param key what its schema is called in payloads
 * @param guid likewise, in all contexts; null of registries that give none
 * @param schema found, or why it cannot be used
 * @param rules whether the registry has rules for it, such as to encrypt fields, which nobody applies here
 */
public record RegisteredVersion(
        SubjectVersion at, SchemaKey key, @Nullable UUID guid, SchemaAnswer schema, boolean rules) {}
