package io.pagewalk.internal.schema.registry;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One version of a subject.
 *
 * @param id what its schema is called in payloads
 * @param guid likewise, in all contexts; null of registries that give none
 * @param schema found, or why it cannot be used
 * @param rules whether the registry has rules for it, such as to encrypt fields, which nobody applies here
 */
public record RegisteredVersion(
        SubjectVersion at, int id, @Nullable UUID guid, SchemaAnswer schema, boolean rules) {}
