package io.pagewalk.internal.run;

import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.log.ExportState;

/**
 * A run of an export that has begun.
 *
 * @param log its log
 * @param state where it stands
 * @param fresh whether it has begun just now
 */
public record BegunRun(CheckpointLog log, ExportState state, boolean fresh) {}
