package io.pagewalk.execution;

import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.spi.FileFormat;

/**
 * What the files of a run are read with.
 *
 * @param files their format
 * @param payloads the formats of keys, values and headers
 */
public record AuditFormats(FileFormat files, PayloadFormats payloads) {}
