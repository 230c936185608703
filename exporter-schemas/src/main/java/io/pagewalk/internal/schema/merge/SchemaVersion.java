package io.pagewalk.internal.schema.merge;

import io.pagewalk.internal.schema.SourceType;

/**
 * One version of a subject.
 *
 * @param label how people are told of it
 */
public record SchemaVersion(String label, SourceType type) {}
