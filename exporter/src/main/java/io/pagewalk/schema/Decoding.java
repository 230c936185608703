package io.pagewalk.schema;

import io.pagewalk.payload.SchemaChoice;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link PayloadDecoder} reads. Each payload is read by the schema that it names itself, or by the one that is given: versions and
 * subjects of the choices mean nothing here.
 *
 * @param key what keys are; null for nothing that has a schema
 * @param value what values are; likewise
 * @param patience how long the schema registry is waited for, over all payloads
 * @param maxBytes how many bytes all payloads come to as JSON, at most; those that are too much are told as such
 */
public record Decoding(@Nullable SchemaChoice key, @Nullable SchemaChoice value, Duration patience, long maxBytes) {}
