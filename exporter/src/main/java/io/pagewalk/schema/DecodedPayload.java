package io.pagewalk.schema;

import io.pagewalk.record.ByteView;
import org.jspecify.annotations.Nullable;

/**
 * A payload that was read by its schema, or could not be.
 *
 * @param schema null if nothing says which one it is
 * @param json the payload as a line of a JSONL file has it; null if it could not be read
 * @param reason why not, in words that are the same for all such payloads; empty if it could
 * @param path of the value that it is wrong with, by the names of the schema; empty if that is the payload itself
 */
public record DecodedPayload(
        @Nullable PayloadSchema schema, @Nullable ByteView json, String reason, String path) {}
